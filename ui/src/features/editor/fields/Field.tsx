import { memo } from "react";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { Offer } from "~/bindings/Offer";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { Webhook } from "~/bindings/Webhook";
import { cx } from "~/components";
import { Notices } from "../../review/Notices";
import { Control } from "./Control";
import styles from "./Field.module.css";
import type { OptionsState } from "./field-options";
import type { FormValue } from "../form/form-state";
import type { WebhookForm } from "../form/use-webhook-form";

export type FieldProps = {
  spec: FieldSpec;
  value: FormValue | undefined;
  error: string | null;
  form: Pick<WebhookForm, "set" | "blur" | "errorsWithin">;
  offer: Offer;
  connection: ConnectionId;
  webhook: Webhook | null;
  /** The webhook a new one is made from: what Keep refers to. */
  source: Webhook | null;
  provider: ProviderInfo;
  options: OptionsState | undefined;
  /** Nothing of this connection may be written. */
  isReadOnly: boolean;
  /** It belongs to the choice or switch above it. */
  isNested: boolean;
  /** Other fields wait for this one's value. */
  hasNested: boolean;
  /** What the new webhook is called, for an event field that makes several. */
  title: string | null;
  /** Reads a stored value, where the vendor hands it back: of the field, or of the pair at a place in it. */
  onReveal: ((origin?: number) => Promise<string>) | undefined;
};

/** One field of the form, drawn by its kind, and drawn again only when something of its own changed. */
export const Field = memo(DrawnField, (before, after) => {
  const [a, b] = [before.options, after.options];
  return (
    before.spec === after.spec &&
    before.value === after.value &&
    before.error === after.error &&
    before.isReadOnly === after.isReadOnly &&
    before.title === after.title &&
    a?.options === b?.options &&
    a?.isLoading === b?.isLoading &&
    a?.problem === b?.problem
  );
});

function DrawnField(props: FieldProps) {
  const { spec, offer } = props;
  const notices = offer.capabilities.notices.filter((notice) => notice.path === spec.path);
  return (
    <div className={cx(styles.field, props.isNested && styles.nested)} data-path={spec.path}>
      <Control {...props} />
      {notices.length > 0 && (
        <div className={styles.notice}>
          <Notices notices={notices} />
        </div>
      )}
    </div>
  );
}
