import { useMemo } from "react";
import type { Capabilities } from "~/bindings/Capabilities";
import type { FieldPath } from "~/bindings/FieldPath";
import type { ConditionSet, ConditionSpec } from "~/components/conditions/types";
import { useEvaluation } from "~/components/editing";
import { allFields, type FormValue, type FormValues, isShown } from "../form/form-state";
import type { Trial } from "./contexts";
import type { SampleView } from "./use-samples";
import { useTransformed } from "./use-transformed";

const NO_CONDITIONS: ConditionSet = { all: true, rows: [] };
const NO_SPEC: ConditionSpec = {
  max: 0,
  operations: [],
  fieldTypes: [],
  itemModes: [],
  expressionMaxLength: null,
};

/** Tries the form's conditions and its transformation on a sample, where that can be done on this computer. */
export function useTrial(
  capabilities: Capabilities,
  values: FormValues,
  sample: Pick<SampleView, "key" | "payload" | "isBroken">,
  provider: string,
): { trial: Trial; set: ConditionSet } {
  const { localTrial } = capabilities;
  const { key, isBroken } = sample;
  const spec = allFields(capabilities).find((field) => field.path === localTrial?.conditions);
  const value = valueAt(localTrial?.conditions ?? null, capabilities, values);
  const set = value?.type === "conditions" ? value.value : NO_CONDITIONS;
  const kind = spec?.kind.type === "conditions" ? spec.kind.spec : NO_SPEC;
  const payload = localTrial === null ? undefined : sample.payload;
  const judged = set === NO_CONDITIONS ? undefined : payload;
  const tried = useEvaluation(set, { key, payload: judged, isBroken }, kind);
  const transformation = valueAt(localTrial?.transformation ?? null, capabilities, values);
  const transformed = useTransformed(transformation?.type === "text" ? transformation.value : "", payload);
  const { evaluation, isCurrent, isOld } = tried;
  const { made, isCurrent: isMade } = transformed;
  const trial = useMemo(
    (): Trial => ({
      payload,
      evaluation,
      isCurrent,
      isOld,
      transformed: { made, isCurrent: isMade },
      provider,
    }),
    [payload, evaluation, isCurrent, isOld, made, isMade, provider],
  );
  return { trial, set };
}

function valueAt(
  path: FieldPath | null,
  capabilities: Capabilities,
  values: FormValues,
): FormValue | undefined {
  const spec = allFields(capabilities).find((field) => field.path === path);
  return spec && isShown(spec, values, capabilities) ? values[spec.path] : undefined;
}
