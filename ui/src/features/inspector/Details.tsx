import type { FieldSpec } from "~/bindings/FieldSpec";
import type { Offer } from "~/bindings/Offer";
import type { Section } from "~/bindings/Section";
import type { Webhook } from "~/bindings/Webhook";
import { Chip, cx, KeyValue } from "~/components";
import { Endpoint } from "./Endpoint";
import styles from "./Inspector.module.css";
import { StoredSecret } from "./StoredSecret";
import { emptyList, isClosedGate, isShown, valueWords } from "./values";

export interface DetailsProps {
  webhook: Webhook;
  offer: Offer;
  providerName: string;
}

/** A webhook's values under the headings its form has; what is not set is left out. */
export function Details({ webhook, offer, providerName }: DetailsProps) {
  const { sections, onOff } = offer.capabilities;
  const known = new Set(offer.catalogue.events.map(({ id }) => id));
  const url = sections.flatMap(({ fields }) => fields).find(({ kind }) => kind.type === "url");
  return (
    <div className={cx(styles.body)}>
      {sections.map((section, index) => (
        <Part key={section.id} section={section} webhook={webhook}>
          {index === 0 && url && <Endpoint webhook={webhook} path={url.path} />}
          <Values
            specs={section.fields}
            webhook={webhook}
            knownEvents={known}
            storedSecrets={offer.capabilities.storedSecrets}
            providerName={providerName}
          />
        </Part>
      ))}
      <section className={cx(styles.section)}>
        <KeyValue
          rows={[
            {
              label: "On or off",
              value: onOff.type === "alwaysOn" ? "Always on" : webhook.on ? "On" : "Off",
            },
            ...(webhook.preserved.length > 0
              ? [
                  {
                    label: "Kept as is",
                    value: <Preserved names={webhook.preserved} providerName={providerName} />,
                  },
                ]
              : []),
            { label: "ID", value: <code>{webhook.id}</code> },
          ]}
        />
      </section>
    </div>
  );
}

function Part({
  section,
  webhook,
  children,
}: {
  section: Section;
  webhook: Webhook;
  children: React.ReactNode;
}) {
  if (!section.fields.some((spec) => isShown(spec, webhook))) return null;
  return (
    <section className={cx(styles.section)}>
      <h3>{section.title}</h3>
      {children}
    </section>
  );
}

interface ValuesProps {
  specs: readonly FieldSpec[];
  webhook: Webhook;
  knownEvents: ReadonlySet<string>;
  storedSecrets: Offer["capabilities"]["storedSecrets"];
  providerName: string;
}

function Values({ specs, webhook, knownEvents, storedSecrets, providerName }: ValuesProps) {
  const shown = specs.filter(
    (spec) => isShown(spec, webhook) && spec.kind.type !== "url" && !isClosedGate(spec, specs, webhook),
  );
  if (shown.length === 0 && specs.some((spec) => isClosedGate(spec, specs, webhook))) {
    return <p className={cx(styles.note)}>None</p>;
  }
  const rows = shown.flatMap((spec) => {
    const value = webhook.fields[spec.path];
    if (!value) return [];
    const { path, label, kind } = spec;
    if (value.type === "secret") {
      const pick = { connection: webhook.connection, id: webhook.id };
      const secret = (
        <StoredSecret pick={pick} path={path} storedSecrets={storedSecrets} providerName={providerName} />
      );
      return [{ key: path, label, value: secret }];
    }
    if (value.type === "list") {
      if (emptyList(value)) return [];
      const events = kind.type === "events";
      const chips = (
        <span className={cx(styles.chips)}>
          {value.value.map((item) => (
            <Chip key={item} code title={item} unknown={events && !knownEvents.has(item)}>
              {item}
            </Chip>
          ))}
        </span>
      );
      return [{ key: path, label, value: chips }];
    }
    return [{ key: path, label, value: <bdi>{valueWords(value, kind)}</bdi> }];
  });
  const only = rows.length === 1 && shown[0]?.kind.type === "events" ? rows[0] : undefined;
  return only ? only.value : <KeyValue rows={rows} />;
}

function Preserved({ names, providerName }: { names: readonly string[]; providerName: string }) {
  return (
    <>
      <span className={cx(styles.chips)}>
        {names.map((name) => (
          <Chip key={name} code unknown title={name}>
            {name}
          </Chip>
        ))}
      </span>
      <span className={cx(styles.note)}>
        Fields of {providerName} that Tacklebox does not know. Every edit keeps them.
      </span>
    </>
  );
}
