import type { EditorMark } from "~/components/code-editor/types";
import type { ConditionSet, Evaluation } from "~/components/conditions/types";

export interface VerdictWords {
  tone: "ok" | "warn";
  title: string;
  /** Why, a sentence each. */
  why: string[];
}

const MOST_REASONS = 2;

/** What the conditions mean for the sample; nothing without conditions. */
export function verdictWords({ all }: ConditionSet, evaluation: Evaluation): VerdictWords | null {
  const { rows, verdict, isCertain } = evaluation;
  if (rows.length === 0) return null;
  if (!isCertain) {
    const open = rows.flatMap(({ problem }, at) =>
      problem === undefined ? [] : [`Condition ${at + 1}: ${problem}`],
    );
    return { tone: "warn", title: "It is open whether it would be sent", why: shortened(open) };
  }
  if (verdict) {
    const telling = all ? [] : rows.filter(({ ok }) => ok).slice(0, 1);
    return { tone: "ok", title: "Would be sent", why: telling.map(({ why }) => why) };
  }
  const failed = rows.filter(({ ok, problem }) => !ok && problem === undefined);
  return { tone: "warn", title: "Would not be sent", why: shortened(failed.map(({ why }) => why)) };
}

/** The values in the sample that the conditions looked at. */
export function marksOf(evaluation: Evaluation | null): EditorMark[] {
  return (evaluation?.rows ?? []).flatMap(({ ok, pointer, problem }): EditorMark[] =>
    pointer === null || problem !== undefined ? [] : [{ pointer, tone: ok ? "match" : "noMatch" }],
  );
}

function shortened(reasons: string[]): string[] {
  const more = reasons.length - MOST_REASONS;
  if (more <= 0) return reasons;
  return [
    ...reasons.slice(0, MOST_REASONS),
    `${more} more ${more === 1 ? "condition" : "conditions"} likewise.`,
  ];
}
