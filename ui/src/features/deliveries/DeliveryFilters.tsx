import { useState } from "react";
import type { DeliveryStatus } from "~/bindings/DeliveryStatus";
import { IconButton, SearchField, Select, TextField } from "~/components";
import styles from "./DeliveriesPane.module.css";
import { type DeliveryFilter, momentOf, momentWords, type Span } from "./filter";
import { statusWords } from "./words";

type Props = {
  filter: DeliveryFilter;
  onChange: (filter: DeliveryFilter) => void;
  /** What the log can be narrowed to. */
  statuses: DeliveryStatus[];
  isReading: boolean;
  onRefresh: () => void;
};

const spans: { value: Span; label: string }[] = [
  { value: "hour", label: "Last hour" },
  { value: "day", label: "Last 24 hours" },
  { value: "week", label: "Last 7 days" },
  { value: "all", label: "All times" },
  { value: "custom", label: "From, to" },
];

/** Narrows the list by outcome and time, or looks one delivery up by its id. */
export function DeliveryFilters({ filter, onChange, statuses, isReading, onRefresh }: Props) {
  const [id, setId] = useState(filter.id);
  const [applied, setApplied] = useState(filter.id);
  // What was cleared elsewhere is cleared here.
  if (applied !== filter.id) {
    setApplied(filter.id);
    setId(filter.id);
  }
  const isLookup = filter.id.trim() !== "";
  const outcomes: { value: DeliveryStatus | "any"; label: string }[] = [
    { value: "any", label: "Any outcome" },
    ...statuses.map((status) => ({ value: status, label: statusWords[status].words })),
  ];
  return (
    <div className={styles.filters} role="search" aria-label="Deliveries">
      <div className={styles.filterLine}>
        {statuses.length > 0 && (
          <div className={styles.filter}>
            <Select
              label="Outcome"
              layout="bare"
              value={filter.status ?? "any"}
              options={outcomes}
              isDisabled={isLookup}
              onChange={(status) => onChange({ ...filter, status: status === "any" ? null : status })}
            />
          </div>
        )}
        <div className={styles.filter}>
          <Select
            label="Time"
            layout="bare"
            value={filter.span}
            options={spans}
            isDisabled={isLookup}
            onChange={(span) => onChange({ ...filter, span })}
          />
        </div>
        <IconButton
          icon="refresh"
          label={isReading ? "Reading deliveries" : "Refresh deliveries"}
          isDisabled={isReading}
          onPress={onRefresh}
        />
      </div>
      {filter.span === "custom" && !isLookup && <CustomSpan filter={filter} onChange={onChange} />}
      <SearchField
        label="Look up a delivery by its ID"
        placeholder="Look up by ID, then Enter"
        size="sm"
        value={id}
        onChange={(text) => {
          setId(text);
          if (text === "" && filter.id !== "") onChange({ ...filter, id: "" });
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && id.trim() !== filter.id) onChange({ ...filter, id: id.trim() });
        }}
      />
    </div>
  );
}

/** The two ends of a span, typed; each counts once it is a moment. */
function CustomSpan({ filter, onChange }: Pick<Props, "filter" | "onChange">) {
  const [from, setFrom] = useState(momentWords(filter.fromMs));
  const [to, setTo] = useState(momentWords(filter.toMs));
  const wrong = (text: string) => text.trim() !== "" && momentOf(text) === null;
  const isBackwards =
    filter.fromMs !== null && filter.toMs !== null && filter.fromMs > filter.toMs
      ? "Ends before it begins."
      : "";
  const leave = () => {
    if (wrong(from) || wrong(to)) return;
    const next = { ...filter, fromMs: momentOf(from), toMs: momentOf(to) };
    if (next.fromMs !== filter.fromMs || next.toMs !== filter.toMs) onChange(next);
  };
  const example = "2026-01-31 14:30";
  const words = "Write it as year-month-day hour:minute.";
  return (
    <div
      className={styles.span}
      onKeyDown={(event) => {
        if (event.key === "Enter") leave();
      }}
    >
      <TextField
        label="From"
        layout="stack"
        value={from}
        onChange={setFrom}
        onBlur={leave}
        placeholder={example}
        errorMessage={wrong(from) ? words : undefined}
      />
      <TextField
        label="To"
        layout="stack"
        value={to}
        onChange={setTo}
        onBlur={leave}
        placeholder={example}
        errorMessage={wrong(to) ? words : isBackwards}
      />
    </div>
  );
}
