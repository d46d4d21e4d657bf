import type { FieldPath } from "~/bindings/FieldPath";
import type { Offer } from "~/bindings/Offer";
import type { Section } from "~/bindings/Section";
import type { Evaluation } from "~/components/conditions/types";
import type { OptionsState } from "../fields/field-options";
import type { Elsewhere } from "../fields/repeated-events";
import { isShown } from "../form/form-state";
import type { WebhookForm } from "../form/use-webhook-form";
import { type CheckContext, fieldAdvice, fieldProblem } from "../form/validation";

/** How a section stands: wrong, worth a look, right, or not filled in yet. */
export type SectionState = { mark: "error" | "attention" | "ok" | "open"; chosen: number; advice: number };

export function sectionState(
  section: Section,
  form: WebhookForm,
  offer: Offer,
  creating: boolean,
  options: Map<FieldPath, OptionsState>,
  trial: { path: FieldPath | null; evaluation: Evaluation | null },
  elsewhere: Elsewhere,
): SectionState {
  const { capabilities, catalogue } = offer;
  const context: CheckContext = { capabilities, initial: form.initial, values: form.values, creating };
  const shown = section.fields.filter((spec) => isShown(spec, form.values, capabilities));
  let chosen = 0;
  let advice = 0;
  for (const spec of shown) {
    const value = form.values[spec.path];
    if (!value) continue;
    if (value.type === "list") chosen += value.value.length;
    if (value.type === "conditions") chosen += value.value.rows.length;
    if (spec.path === trial.path && trial.evaluation?.verdict === false) advice += 1;
    if (spec.kind.type === "events" && value.type === "list" && value.value.some((id) => elsewhere.has(id)))
      advice += 1;
    if (fieldAdvice(spec, value, catalogue, options.get(spec.path)?.options).length > 0) advice += 1;
  }
  const isWrong = shown.some((spec) => form.errorOf(spec.path) !== null);
  const isOpen = shown.some((spec) => fieldProblem(spec, context) !== null);
  return { mark: isWrong ? "error" : advice > 0 ? "attention" : isOpen ? "open" : "ok", chosen, advice };
}
