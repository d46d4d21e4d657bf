import { type ReactNode, useId } from "react";
import { FormRow, describedBy, Switch, TextField } from "~/components";
import {
  CodeField,
  IdListField,
  JsonField,
  PairsField,
  SecretField,
  TextListField,
} from "~/components/editing";
import { ChoiceField } from "./ChoiceField";
import { conditionErrors, ConditionsField } from "./ConditionsField";
import { EventsField } from "./EventsField";
import type { FieldProps } from "./Field";
import styles from "./Field.module.css";
import { isWithheld } from "../form/copied-values";
import { isBlank, isStored } from "../form/form-state";
import { IntegerField } from "./IntegerField";
import { shorten } from "../shorten";
import { TransformationField } from "./TransformationField";
import { UrlControl } from "./UrlControl";

/** The control of a field, by its kind. */
export function Control(props: FieldProps): ReactNode {
  const { spec, value, error, form, offer, webhook, source, provider, options, isReadOnly, onReveal } = props;
  const id = useId();
  if (!value) return null;
  const help = [spec.help, spec.unavailable].filter(Boolean).join(" ") || null;
  const stored = webhook ?? source;
  const read = stored?.fields[spec.path];
  // A copy keeps nothing: it takes over.
  const keptWords =
    webhook === null && source !== null ? `Copied from “${shorten(source.title)}”` : undefined;
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
  const setJson = (json: string) => form.set(spec.path, { type: "jsonText", value: json });
  const setList = (list: string[]) => form.set(spec.path, { type: "list", value: list });

  switch (spec.kind.type) {
    case "text":
      if (value.type !== "text") return null;
      return <TextField {...boxed} code={spec.kind.code} value={value.value} onChange={setText} />;
    case "code": {
      if (value.type !== "text") return null;
      const isTried = offer.capabilities.localTrial?.transformation === spec.path;
      const Code = isTried ? TransformationField : CodeField;
      const { language, maxLength } = spec.kind;
      return (
        <Code {...boxed} language={language} maxLength={maxLength} value={value.value} onChange={setText} />
      );
    }
    case "json":
      if (value.type !== "jsonText") return null;
      return <JsonField {...boxed} value={value.value} onChange={setJson} />;
    case "conditions": {
      if (value.type === "jsonText") {
        const words = [help, "What is stored here is not understood, so it is edited as JSON."];
        const description = words.filter(Boolean).join(" ");
        return <JsonField {...boxed} description={description} value={value.value} onChange={setJson} />;
      }
      if (value.type !== "conditions") return null;
      const wrong = conditionErrors(spec.path, form.errorsWithin(spec.path), value.value.rows.length);
      return (
        <FormRow label={spec.label} help={help} error={wrong.whole} id={id} layout="bare">
          <ConditionsField
            {...shared}
            errors={wrong.rows}
            describedBy={describedBy(id, help, wrong.whole)}
            spec={spec.kind.spec}
            value={value.value}
            onChange={(set) => form.set(spec.path, { type: "conditions", value: set })}
          />
        </FormRow>
      );
    }
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
          <UrlControl
            {...boxed}
            path={spec.path}
            httpsOnly={spec.kind.httpsOnly}
            placeholder={spec.placeholder ?? undefined}
            value={value.value}
            onChange={(url) => form.set(spec.path, { type: "url", value: url })}
            stored={read?.type === "url" ? read.value : undefined}
            providerName={provider.name}
            keptWords={keptWords}
            onReveal={onReveal && (() => onReveal())}
          />
        </FormRow>
      );
    case "secret": {
      if (value.type !== "secret") return null;
      const readable = offer.capabilities.storedSecrets === "returned";
      const isGone = isWithheld(offer.capabilities, source, spec.path) && isBlank(value);
      const words = isGone ? `${provider.name} does not hand this secret back: enter it.` : null;
      return row(
        <SecretField
          {...shared}
          {...judged}
          {...(words === null ? {} : { describedBy: describedBy(id, words, error) })}
          stored={isStored(stored, spec.path) && (webhook !== null || readable)}
          storedWords={
            keptWords ??
            `Stored by ${provider.name}, ${readable ? "kept out of this window" : "not readable"}`
          }
          clearedWords={keptWords === undefined ? `Removed from ${provider.name} on save` : "Left out"}
          value={value.value}
          onChange={(change) => form.set(spec.path, { type: "secret", value: change })}
          onReveal={onReveal && (() => onReveal())}
          placeholder={spec.placeholder ?? undefined}
          isRequired={spec.required}
        />,
        [words, help].filter(Boolean).join(" ") || null,
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
          keptWords={keptWords}
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
            repeatedEvent={offer.capabilities.repeatedEvent}
            connection={props.connection}
            webhook={webhook?.id ?? null}
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
