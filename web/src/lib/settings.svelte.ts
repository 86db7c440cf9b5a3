/** What a reader chose for themselves: language, theme, names, digits. Kept in this browser only. */

export type Lang = "ar" | "en";
export type Theme = "auto" | "light" | "dark";
export type Digits = "latn" | "arab";

interface Kept {
  lang: Lang;
  theme: Theme;
  latin: boolean;
  digits: Digits;
  guard: boolean;
  shortcuts: boolean;
}

const KEY = "isnad.settings";

function initial(): Kept {
  const fallback: Kept = {
    lang: navigator.language.toLowerCase().startsWith("ar") ? "ar" : "en",
    theme: "auto",
    latin: false,
    digits: "latn",
    guard: true,
    shortcuts: true,
  };
  let kept: Partial<Kept> = {};
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (raw !== null && typeof raw === "object") kept = raw as Partial<Kept>;
  } catch {
    // private windows and damaged storage: the defaults do
  }
  const asked = new URLSearchParams(location.search).get("lang");
  return {
    lang: pick(asked ?? kept.lang, ["ar", "en"], fallback.lang),
    theme: pick(kept.theme, ["auto", "light", "dark"], fallback.theme),
    latin: typeof kept.latin === "boolean" ? kept.latin : fallback.latin,
    digits: pick(kept.digits, ["latn", "arab"], fallback.digits),
    guard: typeof kept.guard === "boolean" ? kept.guard : fallback.guard,
    shortcuts: typeof kept.shortcuts === "boolean" ? kept.shortcuts : fallback.shortcuts,
  };
}

function pick<T extends string>(value: unknown, allowed: readonly T[], fallback: T): T {
  return allowed.includes(value as T) ? (value as T) : fallback;
}

export const settings = $state<Kept>(initial());

/** Writes the choices down and puts language, direction and theme on the page's root. */
export function applySettings(): void {
  const root = document.documentElement;
  root.lang = settings.lang;
  root.dir = settings.lang === "ar" ? "rtl" : "ltr";
  if (settings.theme === "auto") root.removeAttribute("data-theme");
  else root.dataset["theme"] = settings.theme;
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {
    // nowhere to keep them: they hold until the page is closed
  }
}

/** Whether the page is dark now, by choice or by the system. */
export function isDark(): boolean {
  if (settings.theme !== "auto") return settings.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}
