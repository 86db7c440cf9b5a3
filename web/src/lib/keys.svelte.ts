/**
 * The keyboard, by the key's place and not by its letter (`event.code`), so that it works the same
 * under an Arabic layout. Keys without modifiers can be switched off (WCAG 2.1.4).
 */

import { untrack } from "svelte";

import type { Key } from "./messages";
import { settings } from "./settings.svelte";

export interface Binding {
  code: string;
  shift?: boolean;
  ctrl?: boolean;
  does: Key;
  run: () => void;
  /** Also while typing in a field (Escape, Ctrl+Enter). */
  typing?: boolean;
  when?: () => boolean;
}

class Layers {
  stack = $state.raw<Binding[][]>([]);
}

const layers = new Layers();

/** Adds a layer of keys above the others; gives back what takes it away. For `$effect`. */
export function keys(bindings: Binding[]): () => void {
  untrack(() => (layers.stack = [...layers.stack, bindings]));
  return () => {
    layers.stack = untrack(() => layers.stack).filter((layer) => layer !== bindings);
  };
}

/** What can be pressed now, top layer first. */
export function bindings(): Binding[] {
  return [...layers.stack].reverse().flat();
}

export function startKeys(): void {
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.altKey) return;
    const typing = isTyping(event.target);
    const ctrl = event.ctrlKey || event.metaKey;
    for (const layer of [...layers.stack].reverse()) {
      for (const b of layer) {
        if (b.code !== event.code || (b.ctrl ?? false) !== ctrl || (b.shift ?? false) !== event.shiftKey) continue;
        if (typing && !b.typing) continue;
        if (!settings.shortcuts && !ctrl && !b.typing) continue;
        if (b.when && !b.when()) continue;
        event.preventDefault();
        b.run();
        return;
      }
    }
  });
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "range"].includes(target.type);
}
