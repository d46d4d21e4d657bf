import { useState } from "react";
import type { RequestPreview } from "~/bindings/RequestPreview";
import { Button, Checkbox, Disclosure, Icon, IconButton, Menu, type MenuEntry, useCopy } from "~/components";
import { commandsOf, textOf } from "./request-text";
import styles from "./RequestDisclosure.module.css";
import { count } from "./words";

/** The requests exactly as they will be sent, secrets as placeholders, to be read and copied. */
export function RequestDisclosure({ requests }: { requests: RequestPreview[] }) {
  const [wrap, setWrap] = useState(true);
  if (requests.length === 0) return null;
  const isOne = requests.length === 1;
  const hasCommand = requests.some(({ curl }) => curl !== "");
  return (
    <Disclosure
      title={isOne ? "The exact request" : `The exact requests (${requests.length})`}
      aside="Secrets stand as placeholders"
    >
      <div className={styles.tools}>
        {hasCommand && <span>In a copied command, secrets stand as environment variables.</span>}
        <span className={styles.gap} />
        {!isOne && hasCommand && <CopyAll requests={requests} />}
        <Checkbox isSelected={wrap} onChange={setWrap}>
          Wrap lines
        </Checkbox>
      </div>
      <ol className={styles.requests}>
        {requests.map((request, at) => (
          // The preview has no identity of its own; its place in the plan is one.
          <li key={at}>
            <Request request={request} place={isOne ? null : at + 1} wrap={wrap} />
          </li>
        ))}
      </ol>
    </Disclosure>
  );
}

/** The commands of all requests, in their order. */
function CopyAll({ requests }: { requests: RequestPreview[] }) {
  const { copy, said } = useCopy();
  return (
    <>
      <span role="status" className={styles.copied}>
        {said}
      </span>
      <Button size="sm" onPress={() => copy(commandsOf(requests), "Copied all as curl")}>
        <Icon name="copy" size={14} /> Copy all as curl
      </Button>
    </>
  );
}

type RequestProps = { request: RequestPreview; place: number | null; wrap: boolean };

function Request({ request, place, wrap }: RequestProps) {
  const { copy, said, isRefused } = useCopy();
  const { method, url, title, headers, body, curl, graphql } = request;
  const items: MenuEntry[] = [{ id: "text", label: "Copy as shown" }];
  if (curl !== "") items.push({ id: "curl", label: "Copy as curl" });
  if (graphql !== null && graphql !== "") items.push({ id: "graphql", label: "Copy as GraphQL" });
  const onAction = (id: string) => {
    if (id === "curl") copy(curl, "Copied as curl");
    else if (id === "graphql") copy(graphql ?? "", "Copied as GraphQL");
    else copy(textOf(request), "Copied as shown");
  };
  return (
    <figure className={styles.request}>
      <figcaption>
        <span className={styles.title}>
          {place !== null && `${place}. `}
          <bdi title={title}>{title}</bdi>
        </span>
        <span role="status" className={styles.copied} data-refused={isRefused || undefined}>
          {said}
        </span>
        <Menu
          label={`Copy request: ${title}`}
          placement="bottom end"
          trigger={<IconButton icon="copy" size="sm" label={`Copy request: ${title}`} />}
          items={items}
          onAction={onAction}
        />
      </figcaption>
      <pre
        className={styles.code}
        data-wrap={wrap || undefined}
        tabIndex={0}
        aria-label={`${title}, ${count(headers.length, "header")}`}
      >
        <bdi>
          <b>{method}</b> {url}
          {headers.map(([name, value]) => `\n${name}: ${value}`)}
          {body !== "" && `\n\n${body}`}
        </bdi>
      </pre>
    </figure>
  );
}
