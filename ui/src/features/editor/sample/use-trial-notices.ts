import { useMemo } from "react";
import type { Capabilities } from "~/bindings/Capabilities";
import type { FieldPath } from "~/bindings/FieldPath";
import type { Notice } from "~/bindings/Notice";
import { allFields, type FormValues, isBlank, isSame, isShown } from "../form/form-state";
import type { Trial } from "./contexts";

/** What a review says of a filter and a transformation that were changed: not tried, or tried with an ill result. */
export function useTrialNotices(
  capabilities: Capabilities,
  initial: FormValues,
  values: FormValues,
  trial: Trial,
): Notice[] {
  return useMemo(() => {
    const { localTrial } = capabilities;
    if (localTrial === null) return [];
    const { conditions, transformation } = localTrial;
    const isNew = (path: FieldPath | null): path is FieldPath =>
      isEntered(path, capabilities, initial, values);
    return [
      ...(isNew(conditions) ? filterNotice(conditions, trial) : []),
      ...(isNew(transformation) ? transformationNotice(transformation, trial) : []),
    ];
  }, [capabilities, initial, values, trial]);
}

function filterNotice(path: FieldPath, { evaluation, isCurrent }: Trial): Notice[] {
  if (!isCurrent || !evaluation?.isCertain) {
    return [{ level: "warning", path, words: "This filter was not tried on a sample." }];
  }
  if (evaluation.verdict) return [];
  return [{ level: "info", path, words: "On the sample you tried, this filter would not send." }];
}

function transformationNotice(path: FieldPath, { transformed: { made, isCurrent } }: Trial): Notice[] {
  if (!isCurrent || made === null) {
    return [{ level: "warning", path, words: "This transformation was not tried on a sample." }];
  }
  if ("text" in made) return [];
  return [{ level: "warning", path, words: `On the sample you tried: ${made.problem}` }];
}

/** Whether something stands there that is not what the form opened with. */
function isEntered(
  path: FieldPath | null,
  capabilities: Capabilities,
  initial: FormValues,
  values: FormValues,
): path is FieldPath {
  const spec = allFields(capabilities).find((field) => field.path === path);
  if (!spec || !isShown(spec, values, capabilities)) return false;
  const [before, after] = [initial[spec.path], values[spec.path]];
  return after !== undefined && !isBlank(after) && (before === undefined || !isSame(before, after));
}
