import { useState } from "react";
import type { RequestPreview } from "~/bindings/RequestPreview";
import { Disclosure, IconButton } from "~/components";
import styles from "./RequestDisclosure.module.css";
import { count } from "./words";

/** The requests exactly as they will be sent, secrets as placeholders. */
export function RequestDisclosure({ requests }: { requests: RequestPreview[] }) {
  if (requests.length === 0) return null;
  return (
    <Disclosure
      title={requests.length === 1 ? "The exact request" : `The exact requests (${requests.length})`}
      aside="Secrets stand as placeholders"
    >
      <ol className={styles.requests}>
        {requests.map((request, at) => (
          // The preview has no identity of its own; its place in the plan is one.
          <li key={at}>
            <Request request={request} place={requests.length === 1 ? null : at + 1} />
          </li>
        ))}
      </ol>
    </Disclosure>
  );
}

function Request({ request, place }: { request: RequestPreview; place: number | null }) {
  const [copied, setCopied] = useState<"copied" | "failed" | null>(null);
  const head = `${request.method} ${request.url}`;
  const headers = request.headers.map(([name, value]) => `${name}: ${value}`);
  const text = [[head, ...headers].join("\n"), request.body].filter(Boolean).join("\n\n");
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied("copied"),
      () => setCopied("failed"),
    );
  };
  return (
    <figure className={styles.request}>
      <figcaption>
        <span className={styles.title}>
          {place !== null && `${place}. `}
          <bdi>{request.title}</bdi>
        </span>
        <span role="status" className={styles.copied}>
          {copied === "copied" && "Copied"}
          {copied === "failed" && "Copying was refused. Select the text instead."}
        </span>
        <IconButton icon="copy" size="sm" label={`Copy request: ${request.title}`} onPress={copy} />
      </figcaption>
      <pre
        className={styles.code}
        tabIndex={0}
        aria-label={`${request.title}, ${count(headers.length, "header")}`}
      >
        <bdi>
          <b>{request.method}</b> {request.url}
          {headers.map((line) => `\n${line}`)}
          {request.body !== "" && `\n\n${request.body}`}
        </bdi>
      </pre>
    </figure>
  );
}
