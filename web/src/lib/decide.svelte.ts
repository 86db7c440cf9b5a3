/** Recording decisions; where another was quicker, a person looks at both before anything is written. */

import { ApiError, api } from "./api";
import type { ClaimView, DecisionView } from "./types";

export interface Draft {
  kind: string;
  claims: string[];
  slot?: string;
  value?: unknown;
  why?: string;
  undoes?: string;
}

export interface Decided {
  decision: DecisionView;
  claims: ClaimView[];
  incidents: string[];
}

export interface Conflict {
  draft: Draft;
  current: { claims: ClaimView[]; decisions: DecisionView[] };
  answer: (again: boolean) => void;
}

/** What the merge view shows; one at a time. */
export const merging = $state<{ conflict: Conflict | null }>({ conflict: null });

/**
 * Records a decision that was made looking at these versions of the claims.
 *
 * @returns what was recorded, or null where the person left the other's as it is.
 */
export async function decide(draft: Draft, seen: Record<string, string>): Promise<Decided | null> {
  let versions = seen;
  for (;;) {
    try {
      const body = draft.kind === "undo" ? draft : { ...draft, seen: versions };
      return await api.post<Decided>("/decisions", body);
    } catch (fault) {
      if (!(fault instanceof ApiError) || fault.code !== "E703") throw fault;
      const current = fault.current as Conflict["current"] | null;
      if (!current?.claims) throw fault;
      const again = await new Promise<boolean>((answer) => {
        merging.conflict = { draft, current, answer };
      });
      merging.conflict = null;
      if (!again) return null;
      versions = Object.fromEntries(current.claims.map((c) => [c.id, c.version]));
    }
  }
}

export function seenOf(...claims: ClaimView[]): Record<string, string> {
  return Object.fromEntries(claims.map((c) => [c.id, c.version]));
}

/** Undoes a decision by another one. */
export function undo(id: string, why = ""): Promise<Decided | null> {
  return decide({ kind: "undo", claims: [], undoes: id, why }, {});
}
