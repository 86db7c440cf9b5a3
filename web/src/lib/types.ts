/** What the server sends (`/api/v1/openapi.json`). Unknown is null, never 0; all text is plain text. */

export interface Name {
  id: string | null;
  ar: string | null;
  en: string | null;
  as_written?: string | null;
}

export interface Labelled {
  id: string;
  ar: string;
  en: string;
}

export interface Page<T> {
  items: T[];
  next: string | null;
  total: number;
}

export interface PlaceView {
  as_written: string;
  ar: string | null;
  en: string | null;
  gazetteer: string | null;
  country: string | null;
  lat: number | null;
  lon: number | null;
  radius_km: number | null;
  shape: "point" | "road" | "area";
  relation: string;
}

export interface TimeView {
  earliest: string | null;
  latest: string | null;
  precision: string;
  as_written: string | null;
}

export interface Range {
  outcome: string;
  low: number | null;
  best: number | null;
  high: number | null;
  acled: number | null;
  highest: number | null;
  tellings: number;
}

export interface Row {
  id: string;
  type: string;
  status: string;
  grade: string;
  category: string | null;
  headline: { text: string; report: string } | null;
  place: PlaceView | null;
  time: TimeView | null;
  initiators: Name[];
  targets: Name[];
  figures: Range[];
  tellings: number;
  reports: number;
  origins: number;
  copies: number;
  outlets: string[];
  published: [string | null, string | null] | null;
  disputed: string[];
  hit: string[];
  confidence: number | null;
  review: string;
  graphic: boolean;
  comments: number;
  read: number;
  added: number;
}

export type Units = [number, number];

export interface ValueView {
  slot: string;
  n: number;
  as_written: string | null;
  span: Units | null;
  utf16: Units | null;
  rule: string;
  confidence: number | null;
  label: { ar: string | null; en: string | null } | null;
  actor?: string | null;
  who?: string | null;
  who_label?: Name | null;
  lat?: number | null;
  lon?: number | null;
  radius_km?: number | null;
  relation?: string;
  anchors?: string[];
  earliest?: string | null;
  latest?: string | null;
  basis?: string;
  outcome?: string;
  low?: number | null;
  high?: number | null;
  item?: string;
  kind?: string;
}

export interface ClaimView {
  id: string;
  report: string;
  type: string;
  status: string;
  confidence: number | null;
  version: string;
  review: string;
  coder?: string;
  evidence: { span: Units; utf16: Units; text: string }[];
  values: ValueView[];
  coded: Record<string, unknown> | null;
  contract: Record<string, unknown>;
  incident?: string | null;
}

export interface Reason {
  signal: string;
  weight: number;
  says: string;
  says_ar?: string | null;
}

export interface TellingView {
  claim: string;
  report: string;
  given: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
  url: string | null;
  copy_of: string | null;
  position: number;
  origin: { name: string; kind: string; why: string; words: string };
  words: string;
  claim_view: ClaimView;
  why: { with: string; score: number; reasons: Reason[] } | null;
  version: string;
}

export interface Toll {
  published: string | null;
  outcome: string;
  low: number | null;
  high: number | null;
  by: string[];
}

export interface Count {
  claim: string;
  report: string;
  outcome: string;
  low: number | null;
  high: number | null;
  published: string | null;
  origin: string;
}

export interface TreeLeaf {
  kind: string;
  name: string;
  via: { words: string; kind: string }[];
  report: string;
  claim: string;
  copies: { report: string; publisher: string | null }[];
}

export interface TreeRoot {
  name: string;
  label: Name | null;
  words: string;
  kind: string;
  children: TreeLeaf[];
}

export interface Frame {
  party: Name;
  outlet: string;
  role: string;
  words: string;
  claims: string[];
}

export interface DecisionView {
  id: string;
  at: string;
  by: string;
  kind: string;
  claims: string[];
  slot: string | null;
  value: unknown;
  why: string;
  undoes: string | null;
  stands: boolean;
}

export interface IncidentView extends Row {
  toll: Toll[];
  counts: Count[];
  rules: Record<string, unknown>;
  tree: TreeRoot[];
  grade_rule: string;
  grade_rule_ar?: string | null;
  disputes: { what: string; sides: { side: string; claims: string[] }[] }[];
  framing: Frame[];
  decisions: DecisionView[];
  rejected: { claim: string; report: string; publisher: string | null; type: string; words: string; why: string }[];
  overruled: [string, string][];
  map: GeoJSON.FeatureCollection;
  neighbours: { id: string; score: number; row: Row }[];
  moved?: string;
}

/** The incident page: its row, but with the tellings themselves in place of their number. */
export type IncidentPage = Omit<IncidentView, "tellings"> & { tellings: TellingView[] };

export interface Entry {
  seq: number;
  at: string;
  by: string;
  action: string;
  subject: string;
  why: string;
}

export interface ReportHead {
  id: string;
  given: string;
  title: string | null;
  publisher: string | null;
  published: string | null;
  url: string | null;
  url_safe?: boolean;
  lang: string | null;
  dir: "rtl" | "ltr";
  graphic?: boolean;
}

export interface ReportPage extends ReportHead {
  version: number;
  versions: { version: number; added: { seq: number; at: string; by: string }; title: string | null; published: string | null; current: boolean }[];
  text: string;
  coder: string;
  claims: ClaimView[];
  raw: { n: number; sha256: string; bytes: number | null; media: string | null; about: Record<string, unknown>; href: string | null }[];
  hashes: { text_sha256: string; journal: { seq: number; hash: string } | null };
  copies: { report: string; publisher: string | null; published: string | null; title: string | null; score: number | null; reason: string | null; reason_ar: string | null; first: boolean }[];
  incidents: string[];
  decisions: DecisionView[];
}

/** How the coder comes to a report's claims: what `isnad explain` prints. */
export interface Explained {
  coder: string;
  kept_by: string;
  claims: { n: number; claim: string | null; type: string; status: string; confidence: number | null; steps: ValueView[]; evidence: { span: [number, number]; utf16: [number, number]; text: string }[] }[];
  unmade: string[];
  unclaimed: { span: [number, number]; utf16: [number, number]; text: string; rule: string; why: string; why_ar: string | null }[];
}

export interface State {
  head: { seq: number; hash: string; at: string };
  today: string;
  reports: number;
  claims: number;
  incidents: number;
  tiles: string | null;
  archive: string;
  building: { done: number; total: number } | null;
  newest: string | null;
  oldest: string | null;
  time: [string, string] | null;
  box: [number, number, number, number] | null;
}

export interface Session {
  signed_in: boolean;
  local: boolean;
  accounts: boolean;
  public: boolean;
  name: string | null;
  role: string | null;
  can: string[];
}

export interface TimelineView {
  by: string;
  bins: { from: string; to: string; incidents: number; killed: number | null }[];
  spans: { from: string | null; to: string | null; incidents: number }[];
  undated: number;
}

export interface Facet {
  id: string;
  count: number;
  ar: string | null;
  en: string | null;
}

export interface Facets {
  total: number;
  facets: Record<string, Facet[]>;
}

export interface MapView extends GeoJSON.FeatureCollection {
  unplaced: number;
  total: number;
  capped?: boolean;
}

export interface Overview {
  list: Page<Row>;
  map: MapView;
  timeline: TimelineView;
  facets: Facets;
}

export interface PlotView {
  id: string;
  kind: "time" | "histogram" | "bars";
  unit: string;
  x: (string | number)[];
  labels?: Labelled[];
  series: { id: string; ar: string | null; en: string | null; y: (number | null)[] }[];
}

export interface CodebookEnum extends Labelled {
  text_ar?: string;
  text_en?: string;
}

export interface CodebookField {
  id: string;
  en: { label: string; text: string };
  ar: { label: string; text: string };
  values: unknown[];
}

export interface Codebook {
  fields: CodebookField[];
  enums: Record<string, CodebookEnum[]>;
  topics: CodebookEnum[];
  categories: CodebookEnum[];
}

export interface QueueItem {
  claim: ClaimView;
  report: ReportHead & { text: string };
  incident: Row | null;
  candidates: { id: string; score: number; row: Row }[];
  assigned: { to: string; by: string; note: string; due: string | null } | null;
  why: string;
}

export interface CommentView {
  id: string;
  about: string;
  by: string;
  at: string;
  text: string;
  edited: string | null;
  version: number;
  reply_to: string | null;
  withdrawn: boolean;
}

export interface SavedSearch {
  id: string;
  name: string;
  query: string;
  alert: boolean;
  new: number;
  count: number;
  feed: string;
}

export interface Snapshot {
  id: string;
  title: string;
  query: string;
  note?: string;
  at: string;
  by: string;
  seq: number;
  hash: string;
  count: number;
  sha256: string;
  cite: { ar: string; en: string };
  href: string;
}
