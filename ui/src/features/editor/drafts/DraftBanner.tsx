import { useState } from "react";
import { Banner, Button } from "~/components";
import type { FormValues } from "../form/form-state";
import type { WebhookForm } from "../form/use-webhook-form";
import { whenWords } from "./when-words";

type Props = {
  form: WebhookForm;
  keptMs: number;
  /** Whether any change came back. */
  isChanged: boolean;
  /** How many secrets were typed and not kept. */
  missing: number;
  creating: boolean;
};

/** Says that changes of an earlier visit are back, and takes them away on request. */
export function DraftBanner({ form, keptMs, isChanged, missing, creating }: Props) {
  const [taken, setTaken] = useState<FormValues | null>(null);
  if (taken !== null) {
    return (
      <Banner
        tone="info"
        live
        title={creating ? "The form is empty again." : "The webhook's own values are back."}
        action={
          <Button
            size="sm"
            onPress={() => {
              form.setAll(taken);
              setTaken(null);
            }}
          >
            Undo
          </Button>
        }
      />
    );
  }
  if (!isChanged && missing === 0) return null;
  const secrets = missing === 1 ? "1 secret you had typed was" : `${missing} secrets you had typed were`;
  const enter = missing === 1 ? "enter it again" : "enter them again";
  return (
    <Banner
      tone={missing > 0 ? "warn" : "info"}
      icon="clock"
      title={
        isChanged
          ? `Unsaved changes from ${whenWords(keptMs)} are back.`
          : `Left unsaved ${whenWords(keptMs)}.`
      }
      action={
        isChanged ? (
          <Button
            size="sm"
            onPress={() => {
              setTaken(form.current());
              form.setAll(form.initial);
            }}
          >
            Start over
          </Button>
        ) : undefined
      }
    >
      {missing > 0 && `${secrets} not kept: ${enter}.`}
    </Banner>
  );
}
