/** Kinds of event, by family; a family has one colour and one sign everywhere. */

export const FAMILIES = {
  strike: ["shelling", "air_strike", "drone_strike", "chemical_attack"],
  bombing: ["explosive_device", "vehicle_bomb", "suicide_bombing"],
  fighting: ["armed_clash", "armed_attack", "ambush", "territory_gained"],
  killing: ["killing", "assassination", "execution", "losses"],
  held: ["abduction", "detention", "disappearance", "release", "torture", "sexual_violence"],
  force: ["deployment", "operation", "withdrawal", "siege", "weapons_neutralised"],
  talks: ["agreement", "negotiation", "aid"],
  crowd: ["protest", "riot", "displacement"],
  other: ["property_destruction", "accident"],
} as const;

export type Family = keyof typeof FAMILIES;

export const FAMILY_NAMES = Object.keys(FAMILIES) as Family[];
export const TYPES: readonly string[] = Object.values(FAMILIES).flat();
export const STATUSES = ["happened", "ongoing", "planned", "foiled", "denied"] as const;
export const OUTCOMES = ["killed", "wounded", "missing", "captured", "detained", "displaced", "killed_or_wounded"] as const;
export const ITEMS = [
  "tank", "armoured_vehicle", "vehicle", "artillery", "rocket", "missile", "mortar", "shell", "aircraft", "helicopter",
  "drone", "explosive_device", "mine", "small_arms", "ammunition", "other",
] as const;
export const SOURCE_KINDS = [
  "outlet", "official", "party", "monitor", "rescue", "medical", "local", "eyewitness", "correspondent", "unnamed",
] as const;

const HOME: ReadonlyMap<string, Family> = new Map(
  FAMILY_NAMES.flatMap((family) => FAMILIES[family].map((type) => [type as string, family] as const)),
);

export function familyOf(type: string): Family {
  return HOME.get(type) ?? "other";
}

// Told apart by people with the common kinds of colour blindness; the sign says it again without colour.
const COLOURS: Readonly<Record<Family, readonly [light: string, dark: string]>> = {
  strike: ["#c03f0c", "#f2855a"],
  bombing: ["#99144f", "#ee7fae"],
  fighting: ["#8a6100", "#e0b040"],
  killing: ["#2b2f36", "#cfd6dc"],
  held: ["#5f3aa8", "#b69cf0"],
  force: ["#1762ad", "#76b4f0"],
  talks: ["#0b6e47", "#5cc598"],
  crowd: ["#0a7483", "#58c6d6"],
  other: ["#5d6872", "#a3adb6"],
};

export function colourOf(family: Family, dark: boolean): string {
  return COLOURS[family][dark ? 1 : 0];
}
