/** The face of a key. */

/** What stands on the key: by the reader's layout where the browser tells it, else its US letter. */
export function keyName(b: { code: string; shift?: boolean; ctrl?: boolean }, layout: ReadonlyMap<string, string> | null = null): string {
  const named: Readonly<Record<string, string>> = {
    ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→", Enter: "↵", Escape: "Esc", Space: "␣",
    Slash: "/", Period: ".", Comma: ",", BracketLeft: "[", BracketRight: "]", Backspace: "⌫",
  };
  const bare = b.code.replace(/^(Key|Digit)/, "");
  const own = layout?.get(b.code);
  const face = own && own.toUpperCase() !== bare && /^(Key|Digit)/.test(b.code) ? `${bare} · ${own}` : (named[b.code] ?? bare);
  return [b.ctrl ? "Ctrl" : "", b.shift ? "⇧" : "", face].filter(Boolean).join(" ");
}
