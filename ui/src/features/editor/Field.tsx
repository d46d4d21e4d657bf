import { memo, type ReactNode, useId } from "react";
import type { EventType } from "~/bindings/EventType";
import type { FieldInput } from "~/bindings/FieldInput";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { Offer } from "~/bindings/Offer";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { Webhook } from "~/bindings/Webhook";
import { Icon, Select, Switch, TextField } from "~/components";
import { EventPicker, IdListField, SecretField, UrlField } from "~/components/editing";
import { Notices } from "../review/Notices";
import styles from "./Field.module.css";
import type { OptionsState } from "./field-options";
import { describedBy, FieldRow } from "./FieldRow";
import { isStored } from "./form-state";
import { IntegerField } from "./IntegerField";
import type { WebhookForm } from "./use-webhook-form";

type Props = {
  spec: FieldSpec;
  value: FieldInput | undefined;
  error: string | null;
  form: Pick<WebhookForm, "set" | "blur">;
  offer: Offer;
  webhook: Webhook | null;
  provider: ProviderInfo;
  options: OptionsState | undefined;
  /** Nothing of this connection may be written. */
  isReadOnly: boolean;
  /** Reads a stored value, where the vendor hands it back. */
  onReveal: (() => Promise<string>) | undefined;
};

/** One field of the form, drawn by its kind, and drawn again only when something of its own changed. */
export const Field = memo(DrawnField, (before, after) => {
  const [a, b] = [before.options, after.options];
  return (
    before.spec === after.spec &&
    before.value === after.value &&
    before.error === after.error &&
    before.isReadOnly === after.isReadOnly &&
    a?.options === b?.options &&
    a?.isLoading === b?.isLoading &&
    a?.problem === b?.problem
  );
});

function DrawnField(props: Props) {
  const { spec, offer } = props;
  const notices = offer.capabilities.notices.filter((notice) => notice.path === spec.path);
  return (
    <div className={styles.field} data-path={spec.path}>
      <Control {...props} />
      {notices.length > 0 && (
        <div className={styles.notice}>
          <Notices notices={notices} />
        </div>
      )}
    </div>
  );
}

function Control({
  spec,
  value,
  error,
  form,
  offer,
  webhook,
  provider,
  options,
  isReadOnly,
  onReveal,
}: Props): ReactNode {
  const id = useId();
  if (!value) return null;
  const help = [spec.help, spec.unavailable].filter(Boolean).join(" ") || null;
  const shared = {
    label: spec.label,
    isDisabled: isReadOnly || spec.unavailable !== null,
    onBlur: () => form.blur(spec.path),
  };
  const boxed = {
    ...shared,
    isRequired: spec.required,
    description: help ?? undefined,
    errorMessage: error ?? undefined,
    placeholder: spec.placeholder,
  };
  const judged = { isInvalid: error !== null, describedBy: describedBy(id, help, error) };
  const row = (control: ReactNode, words: string | null = help) => (
    <FieldRow label={spec.label} help={words} error={error} id={id}>
      {control}
    </FieldRow>
  );

  switch (spec.kind.type) {
    case "text": {
      if (value.type !== "text") return null;
      const onChange = (text: string) => form.set(spec.path, { type: "text", value: text });
      return <TextField {...boxed} code={spec.kind.code} value={value.value} onChange={onChange} />;
    }
    case "integer": {
      if (value.type !== "integer") return null;
      const onChange = (number: number | null) => form.set(spec.path, { type: "integer", value: number });
      return <IntegerField {...boxed} unit={spec.kind.unit} value={value.value} onChange={onChange} />;
    }
    case "choice": {
      if (value.type !== "text") return null;
      const known = spec.kind.options.some((option) => option.value === value.value);
      // A stored choice the vendor no longer offers is kept until another is made.
      const stranger = { value: value.value, label: `${value.value} (not offered)` };
      return (
        <Select
          label={spec.label}
          value={value.value === "" ? null : value.value}
          options={known || value.value === "" ? spec.kind.options : [stranger, ...spec.kind.options]}
          onChange={(choice) => form.set(spec.path, { type: "text", value: choice })}
          isDisabled={shared.isDisabled}
          isRequired={spec.required}
          {...(help === null ? {} : { description: help })}
          errorMessage={error ?? undefined}
        />
      );
    }
    case "switch":
      if (value.type !== "flag") return null;
      return row(
        <div className={styles.switch}>
          <Switch
            aria-label={spec.label}
            isSelected={value.value}
            isDisabled={shared.isDisabled}
            onChange={(flag) => form.set(spec.path, { type: "flag", value: flag })}
          >
            {help}
          </Switch>
        </div>,
        null,
      );
    case "url": {
      if (value.type !== "url") return null;
      const read = webhook?.fields[spec.path];
      return (
        <FieldRow label={spec.label} help={null} error={null} id={id}>
          <UrlField
            {...boxed}
            placeholder={spec.placeholder ?? undefined}
            value={value.value}
            onChange={(url) => form.set(spec.path, { type: "url", value: url })}
            stored={read?.type === "url" ? read.value : undefined}
            providerName={provider.name}
            onReveal={onReveal}
          />
        </FieldRow>
      );
    }
    case "secret": {
      if (value.type !== "secret") return null;
      const readable = offer.capabilities.storedSecrets === "returned";
      return row(
        <SecretField
          {...shared}
          {...judged}
          stored={isStored(webhook, spec.path)}
          storedWords={`Stored by ${provider.name}, ${readable ? "kept out of this window" : "not readable"}`}
          clearedWords={`Removed from ${provider.name} on save`}
          value={value.value}
          onChange={(change) => form.set(spec.path, { type: "secret", value: change })}
          onReveal={onReveal}
          placeholder={spec.placeholder ?? undefined}
          isRequired={spec.required}
        />,
      );
    }
    case "events": {
      if (value.type !== "list") return null;
      const events: EventType[] = offer.catalogue.events;
      return (
        <div className={styles.wide}>
          <EventPicker
            {...shared}
            {...judged}
            events={events}
            selected={value.value}
            onChange={(list) => form.set(spec.path, { type: "list", value: list })}
            mode={offer.capabilities.eventsPerWebhook}
          />
          {help !== null && (
            <p className={styles.help} id={`${id}-help`}>
              {help}
            </p>
          )}
          {error !== null && (
            <p className={styles.error} id={`${id}-error`}>
              <Icon name="error" size={12} />
              {error}
            </p>
          )}
        </div>
      );
    }
    case "idList":
      if (value.type !== "list") return null;
      return row(
        <IdListField
          {...shared}
          {...judged}
          noun={spec.kind.noun}
          prefix={spec.kind.prefix}
          providerName={provider.name}
          ids={value.value}
          onChange={(list) => form.set(spec.path, { type: "list", value: list })}
          options={options?.options}
          isLoading={options?.isLoading ?? false}
          problem={options?.problem ?? null}
          onRetry={() => options?.retry()}
          onNeedOptions={() => options?.need()}
          placeholder={spec.placeholder ?? undefined}
        />,
      );
  }
}
