import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useDeferredValue, useEffect, useRef, useState } from "react";
import { ListBox, ListBoxItem } from "react-aria-components";
import { useBackend } from "~/app/backend-context";
import type { Connection } from "~/bindings/Connection";
import type { WebhookId } from "~/bindings/WebhookId";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { Banner, cx, Dialog, SearchField } from "~/components";
import styles from "./SourcePicker.module.css";

/** More than this nobody reads: the search narrows it down. */
const mostShown = 200;

type Props = {
  connection: Connection;
  /** What is in the form would be replaced. */
  hasChanges: boolean;
  onChoose: (webhook: WebhookId) => void;
  onClose: () => void;
};

/** Chooses the webhook of the same organisation that a new one starts from. */
export function SourcePicker({ connection, hasChanges, onChoose, onClose }: Props) {
  const backend = useBackend();
  const [search, setSearch] = useState("");
  const wanted = useDeferredValue(search);
  const list = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLInputElement>(null);
  useEffect(() => box.current?.focus(), []);
  const seen = useQuery({
    queryKey: ["editor", "sources", connection.id],
    queryFn: () => backend.call("webhooks_last_seen", null),
    gcTime: 0,
  });
  const all = seen.data?.find((rows) => rows.connection === connection.id)?.rows ?? [];
  const found = all.filter((row) => isFound(row, wanted));
  const shown = found.slice(0, mostShown);
  const onKeyDown = (event: KeyboardEvent) => {
    const first = shown[0];
    if (event.key === "ArrowDown") {
      event.preventDefault();
      list.current?.querySelector<HTMLElement>("[role=option]")?.focus();
    } else if (event.key === "Enter" && first && wanted !== "") {
      event.preventDefault();
      onChoose(first.id);
    }
  };
  return (
    <Dialog title="Start from another webhook" onClose={onClose}>
      <div className={styles.picker}>
        {hasChanges && <Banner tone="warn">What you have entered is replaced by its values.</Banner>}
        <SearchField
          label="Search webhooks"
          placeholder="Name, address or event"
          value={search}
          onChange={setSearch}
          onKeyDown={onKeyDown}
          inputRef={box}
        />
        <ListBox
          ref={list}
          aria-label={`Webhooks of ${connection.label.slice(0, 80)}`}
          className={cx(styles.list)}
          items={shown}
          onAction={(id) => onChoose(String(id))}
          renderEmptyState={() => (
            <p className={styles.none}>
              {seen.isPending
                ? ""
                : all.length === 0
                  ? "No webhook of this organisation has been read yet."
                  : "No webhook has that in its name, address or events."}
            </p>
          )}
        >
          {(row) => (
            <ListBoxItem id={row.id} textValue={row.title} className={cx(styles.item)}>
              <bdi className={styles.title} title={row.title}>
                {row.title}
              </bdi>
              <span className={styles.meta} title={row.endpoint}>
                <bdi>{row.endpoint}</bdi>
              </span>
              <span className={styles.events} title={row.events.join(", ")}>
                <bdi>{row.events[0]}</bdi>
                {row.events.length > 1 && ` +${row.events.length - 1}`}
              </span>
            </ListBoxItem>
          )}
        </ListBox>
        <p className={styles.count} role="status">
          {found.length > mostShown
            ? `${mostShown} of ${found.length.toLocaleString("en-GB")} are shown. Search for the others.`
            : `${found.length} ${found.length === 1 ? "webhook" : "webhooks"}`}
        </p>
      </div>
    </Dialog>
  );
}

function isFound({ title, endpoint, events }: WebhookRow, search: string): boolean {
  const text = [title, endpoint, ...events].join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}
