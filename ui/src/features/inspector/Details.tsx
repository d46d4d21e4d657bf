import { useMemo } from "react";
import type { FieldSpec } from "~/bindings/FieldSpec";
import type { Offer } from "~/bindings/Offer";
import type { Section } from "~/bindings/Section";
import type { Webhook } from "~/bindings/Webhook";
import { Chip, cx, KeyValue, MarkBanners } from "~/components";
import type { KnownEvents } from "~/components/event-picker/search";
import { EventList } from "../webhooks";
import { Endpoint } from "./Endpoint";
import styles from "./Inspector.module.css";
import { PairsValue } from "./PairsValue";
import { SigningSecret } from "./SigningSecret";
import { StoredSecret } from "./StoredSecret";
import { emptyList, isBlock, isClosedGate, isShown, valueWords } from "./values";

export interface DetailsProps {
  webhook: Webhook;
  offer: Offer;
  providerName: string;
}

/** A webhook's values under the headings its form has; what is not set is left out. */
export function Details({ webhook, offer, providerName }: DetailsProps) {
  const { sections, onOff, signing } = offer.capabilities;
  const pick = { connection: webhook.connection, id: webhook.id };
  const known = useMemo(
    () => new Map(offer.catalogue.events.map((event) => [event.id, event])),
    [offer.catalogue.events],
  );
  const url = sections.flatMap(({ fields }) => fields).find(({ kind }) => kind.type === "url");
  return (
    <div className={cx(styles.body)}>
      {webhook.marks.length > 0 && (
        <div className={cx(styles.marks)}>
          <MarkBanners marks={webhook.marks} />
        </div>
      )}
      {sections.map((section, index) => (
        <Part key={section.id} section={section} webhook={webhook}>
          {index === 0 && url && <Endpoint webhook={webhook} path={url.path} />}
          <Values
            specs={section.fields.filter((spec) => spec !== url)}
            title={section.title}
            webhook={webhook}
            knownEvents={known}
            storedSecrets={offer.capabilities.storedSecrets}
            providerName={providerName}
          />
        </Part>
      ))}
      {signing.type === "secretShownOnce" && (
        <section className={cx(styles.section)} aria-label={signing.label}>
          <h3>{signing.label}</h3>
          <SigningSecret pick={pick} signing={signing} />
        </section>
      )}
      <section className={cx(styles.section)}>
        <KeyValue
          rows={[
            // A switch stands among the values above.
            ...(onOff.type === "alwaysOn" ? [{ label: "On or off", value: "Always on" }] : []),
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
  /** The heading they stand under. */
  title: string;
  specs: readonly FieldSpec[];
  webhook: Webhook;
  knownEvents: KnownEvents;
  storedSecrets: Offer["capabilities"]["storedSecrets"];
  providerName: string;
}

function Values({ title, specs, webhook, knownEvents, storedSecrets, providerName }: ValuesProps) {
  const shown = specs.filter((spec) => isShown(spec, webhook) && !isClosedGate(spec, specs, webhook));
  if (shown.length === 0 && specs.some((spec) => isClosedGate(spec, specs, webhook))) {
    return <p className={cx(styles.note)}>None</p>;
  }
  const blocks = shown.filter(({ path, kind }) => {
    const value = webhook.fields[path];
    return value !== undefined && isBlock(value, kind);
  });
  const rows = shown.flatMap((spec) => {
    const value = webhook.fields[spec.path];
    if (!value || isBlock(value, spec.kind)) return [];
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
      if (kind.type === "events") {
        const list = <EventList key={webhook.id} events={value.value} known={knownEvents} />;
        return [{ key: path, label, value: list }];
      }
      const chips = (
        <span className={cx(styles.chips)}>
          {value.value.map((item) => (
            <Chip key={item} code title={item}>
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
  return (
    <>
      {only ? only.value : rows.length > 0 && <KeyValue rows={rows} />}
      {blocks.map((spec) => (
        <Block key={spec.path} spec={spec} webhook={webhook} isNamed={spec.label !== title} />
      ))}
    </>
  );
}

/** A value that takes the whole width below its label: code, JSON, names with values. */
function Block({ spec, webhook, isNamed }: { spec: FieldSpec; webhook: Webhook; isNamed: boolean }) {
  const value = webhook.fields[spec.path];
  if (!value) return null;
  const pick = { connection: webhook.connection, id: webhook.id };
  return (
    <div className={cx(styles.block)} role="group" aria-label={spec.label}>
      {isNamed && <h4>{spec.label}</h4>}
      {value.type === "pairs" ? (
        <PairsValue pick={pick} path={spec.path} pairs={value.value} />
      ) : value.type === "url" ? (
        <Endpoint webhook={webhook} path={spec.path} />
      ) : (
        <pre className={cx(styles.code)} tabIndex={0} aria-label={spec.label}>
          <bdi>{valueWords(value, spec.kind)}</bdi>
        </pre>
      )}
    </div>
  );
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
