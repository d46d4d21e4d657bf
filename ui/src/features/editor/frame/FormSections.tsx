import type { ReactNode } from "react";
import { useBackend } from "~/app/backend-context";
import type { Connection } from "~/bindings/Connection";
import type { FieldPath } from "~/bindings/FieldPath";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { Offer } from "~/bindings/Offer";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { Section } from "~/bindings/Section";
import type { Webhook } from "~/bindings/Webhook";
import { pairPath } from "../../secrets";
import styles from "../EditorForm.module.css";
import { Field } from "../fields/Field";
import type { OptionsState } from "../fields/field-options";
import { type FormValues, isShown } from "../form/form-state";
import { SectionNotices } from "./FormNotices";
import { TokenRequest } from "../token/TokenRequest";
import { TreeField } from "../fields/TreeField";
import { shownLists, type TreeState } from "../fields/use-trees";
import type { WebhookForm } from "../form/use-webhook-form";

type Props = {
  sections: Section[];
  form: WebhookForm;
  offer: Offer;
  webhook: Webhook | null;
  /** The webhook a new one is made from. */
  source: Webhook | null;
  connection: Connection;
  provider: ProviderInfo;
  options: Map<FieldPath, OptionsState>;
  trees: Map<string, TreeState>;
  /** Stands at the end of the section with the events. */
  belowEvents: ReactNode;
};

/** The form's sections with the fields that are shown; lists that are chosen in a tree stand there as one. */
export function FormSections(props: Props) {
  const { sections, form, offer, connection, provider, belowEvents } = props;
  const onReveal = useReveal(props);
  return sections.map((section) => {
    const shown = section.fields.filter((spec) => isShown(spec, form.values, offer.capabilities));
    const lists = shownLists(section, form.values, offer.capabilities);
    const inTree = new Set(lists.map(({ list }) => list.path));
    const state = props.trees.get(section.id);
    const first = shown.find(({ path }) => inTree.has(path));
    return (
      <section
        key={section.id}
        className={styles.section}
        data-section={section.id}
        aria-label={section.title}
      >
        <h2>
          {section.title} {section.hint !== null && <small>{section.hint}</small>}
        </h2>
        <SectionNotices offer={offer} section={section} />
        {shown.map((spec) => {
          if (inTree.has(spec.path)) {
            if (spec !== first || !section.tree || !state) return null;
            return (
              <TreeField
                key="tree"
                tree={section.tree}
                lists={lists}
                state={state}
                form={form}
                offer={offer}
                providerName={provider.name}
                isReadOnly={connection.readOnly}
              />
            );
          }
          return (
            <Field
              key={spec.path}
              spec={spec}
              value={form.values[spec.path]}
              error={form.errorOf(spec.path)}
              form={form}
              offer={offer}
              connection={connection.id}
              webhook={props.webhook}
              source={props.source}
              provider={provider}
              options={props.options.get(spec.path)}
              isReadOnly={connection.readOnly}
              isNested={section.fields.some(({ path }) => path === spec.shownWhen?.path)}
              hasNested={section.fields.some(({ shownWhen }) => shownWhen?.path === spec.path)}
              title={props.webhook === null && spec.kind.type === "events" ? nameOf(form.values) : null}
              onReveal={onReveal(spec)}
            />
          );
        })}
        {shown.some(({ kind }) => kind.type === "events") && belowEvents}
        {shown.some(({ path }) => path === offer.capabilities.tokenRequest?.endpoint) && (
          <TokenRequest
            form={form}
            offer={offer}
            webhook={props.webhook}
            source={props.source}
            connection={connection}
            provider={provider}
          />
        )}
      </section>
    );
  });
}

/** Reads a stored value on request, where the vendor hands it back. */
function useReveal({ offer, connection, ...props }: Props) {
  const backend = useBackend();
  const webhook = props.webhook ?? props.source;
  return (spec: FieldSpec) => {
    // Addresses and pairs come back with their values; a secret only where the vendor says so.
    if (!webhook || (spec.kind.type === "secret" && offer.capabilities.storedSecrets !== "returned"))
      return undefined;
    const pick = { connection: connection.id, id: webhook.id };
    const read = webhook.fields[spec.path];
    return (origin?: number) => {
      const isPair = origin !== undefined && read?.type === "pairs";
      const path = isPair ? pairPath(spec.path, read.value, origin) : spec.path;
      return backend.call("webhook_reveal", { webhook: pick, path });
    };
  };
}

function nameOf(values: FormValues): string {
  const name = values["name"];
  return name?.type === "text" ? name.value : "";
}
