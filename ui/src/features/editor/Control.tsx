import { type ReactNode, useId } from "react";
import { FormRow, describedBy, Switch, TextField } from "~/components";
import {
  CodeField,
  IdListField,
  JsonField,
  PairsField,
  SecretField,
  TextListField,
  UrlField,
} from "~/components/editing";
import { ChoiceField } from "./ChoiceField";
import { EventsField } from "./EventsField";
import type { FieldProps } from "./Field";
import styles from "./Field.module.css";
import { isStored } from "./form-state";
import { IntegerField } from "./IntegerField";

/** The control of a field, by its kind. */
export function Control(props: FieldProps): ReactNode {
  const { spec, value, error, form, offer, webhook, provider, options, isReadOnly, onReveal } = props;
  const id = useId();
  if (!value) return null;
  const help = [spec.help, spec.unavailable].filter(Boolean).join(" ") || null;
  const read = webhook?.fields[spec.path];
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
    <FormRow label={spec.label} help={words} error={error} id={id}>
      {control}
    </FormRow>
  );
  const setText = (text: string) => form.set(spec.path, { type: "text", value: text });
  const setList = (list: string[]) => form.set(spec.path, { type: "list", value: list });

  switch (spec.kind.type) {
    case "text":
      if (value.type !== "text") return null;
      return <TextField {...boxed} code={spec.kind.code} value={value.value} onChange={setText} />;
    case "code":
      if (value.type !== "text") return null;
      return <CodeField {...boxed} maxLength={spec.kind.maxLength} value={value.value} onChange={setText} />;
    case "json":
      if (value.type !== "jsonText") return null;
      return (
        <JsonField
          {...boxed}
          value={value.value}
          onChange={(text) => form.set(spec.path, { type: "jsonText", value: text })}
        />
      );
    case "integer": {
      if (value.type !== "integer") return null;
      const onChange = (number: number | null) => form.set(spec.path, { type: "integer", value: number });
      return <IntegerField {...boxed} unit={spec.kind.unit} value={value.value} onChange={onChange} />;
    }
    case "choice":
      if (value.type !== "text") return null;
      return (
        <ChoiceField
          {...boxed}
          options={spec.kind.options}
          value={value.value}
          onChange={setText}
          allInSight={props.hasNested}
        />
      );
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
    case "url":
      if (value.type !== "url") return null;
      return (
        <FormRow label={spec.label} help={null} error={null} id={id}>
          <UrlField
            {...boxed}
            placeholder={spec.placeholder ?? undefined}
            value={value.value}
            onChange={(url) => form.set(spec.path, { type: "url", value: url })}
            stored={read?.type === "url" ? read.value : undefined}
            providerName={provider.name}
            onReveal={onReveal && (() => onReveal())}
          />
        </FormRow>
      );
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
          onReveal={onReveal && (() => onReveal())}
          placeholder={spec.placeholder ?? undefined}
          isRequired={spec.required}
        />,
      );
    }
    case "pairs":
      if (value.type !== "pairs") return null;
      return row(
        <PairsField
          {...shared}
          {...judged}
          noun={spec.kind.noun}
          groups={spec.kind.groups}
          isSecret={spec.kind.secret}
          value={value.value}
          onChange={(pairs) => form.set(spec.path, { type: "pairs", value: pairs })}
          stored={read?.type === "pairs" ? read.value : []}
          providerName={provider.name}
          onReveal={onReveal}
        />,
      );
    case "events":
      if (value.type !== "list") return null;
      return (
        <FormRow label={spec.label} help={help} error={error} id={id} layout="bare">
          <EventsField
            {...shared}
            {...judged}
            events={offer.catalogue.events}
            perWebhook={offer.capabilities.eventsPerWebhook}
            creating={webhook === null}
            title={props.title}
            selected={value.value}
            onChange={setList}
          />
        </FormRow>
      );
    case "textList":
      if (value.type !== "list") return null;
      return row(
        <TextListField
          {...shared}
          describedBy={judged.describedBy}
          noun={spec.kind.noun}
          value={value.value}
          onChange={setList}
          placeholder={spec.placeholder ?? undefined}
        />,
      );
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
          onChange={setList}
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
