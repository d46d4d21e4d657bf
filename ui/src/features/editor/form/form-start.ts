import type { Capabilities } from "~/bindings/Capabilities";
import type { KeptDraft } from "~/bindings/KeptDraft";
import type { Webhook } from "~/bindings/Webhook";
import { copiedValues } from "./copied-values";
import { type Restored, restored } from "../drafts/kept-values";
import { initialValues } from "./form-state";
import type { FormStart } from "./use-webhook-form";

/** What a form opens with: a webhook's values, those of the one a new one is made from, or the defaults. */
export function formStart(
  capabilities: Capabilities,
  webhook: Webhook | null,
  source: Webhook | null,
  kept: KeptDraft | null,
): FormStart & { back: Restored | null } {
  const creating = webhook === null;
  const initial =
    creating && source !== null ? copiedValues(capabilities, source) : initialValues(capabilities, webhook);
  const back = kept && restored(capabilities, initial, kept);
  return { initial, values: back?.values ?? initial, creating, back };
}
