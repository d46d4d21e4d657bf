import { useContext } from "react";
import type { FieldPath } from "~/bindings/FieldPath";
import type { ConditionSet, ConditionSpec } from "~/components/conditions/types";
import { ConditionsEditor } from "~/components/editing";
import { TrialContext, triedWords } from "../sample/contexts";
import styles from "../sample/SamplePanel.module.css";

type Props = {
  label: string;
  value: ConditionSet;
  onChange: (value: ConditionSet) => void;
  onBlur: () => void;
  spec: ConditionSpec;
  /** What is wrong, by row. */
  errors: ReadonlyMap<number, string>;
  isDisabled: boolean;
  describedBy: string | undefined;
};

/** Conditions, tried on the sample while they are edited. */
export function ConditionsField(props: Props) {
  const { payload, evaluation, isOld, provider } = useContext(TrialContext);
  return (
    <>
      <ConditionsEditor {...props} sample={payload} evaluation={evaluation} isOld={isOld} />
      {evaluation && props.value.rows.length > 0 && <p className={styles.note}>{triedWords(provider)}</p>}
    </>
  );
}

/** What is wrong with a field of conditions: by row, and what no row can be told for. */
export interface ConditionErrors {
  rows: ReadonlyMap<number, string>;
  whole: string | null;
}

/**
 * Gives each row its errors: by a path such as `conditions[2]` or `conditions.2.values`, or by words that begin with
 * "Condition 3:".
 */
export function conditionErrors(
  path: FieldPath,
  found: readonly { path: FieldPath; message: string }[],
  count: number,
): ConditionErrors {
  const rows = new Map<number, string>();
  const whole: string[] = [];
  for (const error of found) {
    const { at, message } = placed(path, error);
    if (at === null || at >= count) whole.push(error.message);
    else rows.set(at, [rows.get(at), message].filter(Boolean).join(" "));
  }
  return { rows, whole: whole.length === 0 ? null : whole.join(" ") };
}

function placed(
  path: FieldPath,
  error: { path: FieldPath; message: string },
): { at: number | null; message: string } {
  const inside = error.path.startsWith(path) ? /[.[](\d+)/u.exec(error.path.slice(path.length)) : null;
  if (inside?.[1] !== undefined) return { at: Number(inside[1]), message: error.message };
  const [, number, rest] = /^Condition (\d+): (.+)$/su.exec(error.message) ?? [];
  if (number === undefined || rest === undefined) return { at: null, message: error.message };
  return { at: Number(number) - 1, message: rest.charAt(0).toUpperCase() + rest.slice(1) };
}
