import type { KeptDraft } from "~/bindings/KeptDraft";
import type { Offer } from "~/bindings/Offer";
import type { Webhook } from "~/bindings/Webhook";
import { Banner, Button } from "~/components";
import { fieldsNaming } from "../form/copied-values";
import { whenWords } from "../drafts/when-words";
import type { FormValues } from "../form/form-state";
import { shorten } from "../shorten";

type Props = {
  offer: Offer;
  values: FormValues;
  /** The webhook the new one is made from. */
  source: Webhook | null;
  /** Another new webhook that was begun and left. */
  other: KeptDraft | null;
  onContinue: () => void;
};

/** What is to be known of a new webhook made from another one. */
export function SourceBanners({ offer, values, source, other, onContinue }: Props) {
  const naming = source === null ? [] : fieldsNaming(offer.capabilities, values, source);
  return (
    <>
      {other !== null && (
        <Banner
          tone="info"
          icon="clock"
          title={`Another new webhook was left unsaved ${whenWords(other.keptMs)}.`}
          action={
            <Button size="sm" onPress={onContinue}>
              Continue that one
            </Button>
          }
        >
          It is forgotten once something is changed here.
        </Banner>
      )}
      {source !== null && naming.length > 0 && (
        <Banner tone="warn" title={`${naming.join(", ")}: this names “${shorten(source.title)}” by its id`}>
          The new webhook gets an id of its own, which is known once it is created.
        </Banner>
      )}
    </>
  );
}
