import { memo, type Ref, useMemo } from "react";
import { Button as AriaButton } from "react-aria-components";
import type { Connection } from "~/bindings/Connection";
import { cx, environmentName, Icon, LinkButton, Menu, SearchField } from "~/components";
import styles from "./FilterBar.module.css";
import type { Entry } from "./row-store";
import { authWords, type AuthFilter, count, type Filters, hidesRows } from "./search";

export interface FilterBarProps {
  filters: Filters;
  onChange: (change: Partial<Filters>) => void;
  inScope: readonly Entry[];
  connections: readonly Connection[];
  /** How many rows each connection has. */
  totals: ReadonlyMap<string, number>;
  searchRef: Ref<HTMLInputElement>;
  /** Arrow down in the search box: on to the table. */
  onLeave: () => void;
}

/** Search and filters, with how many rows each choice has. */
export function FilterBar(props: FilterBarProps) {
  const { filters, onChange, inScope, connections, totals, searchRef, onLeave } = props;
  return (
    <div className={cx(styles.bar)}>
      <div className={cx(styles.search)}>
        <SearchField
          label="Filter webhooks"
          placeholder="Filter webhooks"
          value={filters.query}
          onChange={(query) => onChange({ query })}
          inputRef={searchRef}
          hint={<kbd className={cx(styles.key)}>/</kbd>}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown") {
              event.preventDefault();
              onLeave();
            }
          }}
        />
      </div>
      <FilterMenus
        connection={filters.connection}
        events={filters.events}
        auth={filters.auth}
        onChange={onChange}
        inScope={inScope}
        connections={connections}
        totals={totals}
      />
      {hidesRows(filters) && (
        <LinkButton onPress={() => onChange({ query: "", events: [], auth: [] })}>Clear filters</LinkButton>
      )}
    </div>
  );
}

type FilterMenusProps = Pick<Filters, "connection" | "events" | "auth"> &
  Pick<FilterBarProps, "onChange" | "inScope" | "connections" | "totals">;

/** The menus; they stay as they are while a search is typed. */
const FilterMenus = memo(function FilterMenus(props: FilterMenusProps) {
  const { connection, events, auth, onChange, inScope, connections, totals } = props;
  const eventCounts = useMemo(() => count(inScope, ({ row }) => row.events), [inScope]);
  const authCounts = useMemo(
    () => count<AuthFilter>(inScope, ({ row }) => (row.auth.length === 0 ? ["none"] : row.auth)),
    [inScope],
  );
  const chosen = connections.find(({ id }) => id === connection);
  return (
    <>
      {connections.length > 1 && (
        <Menu
          label="Organisation"
          trigger={
            <FilterButton
              word={chosen?.label ?? "Organisation"}
              set={chosen !== undefined}
              className={styles.organisation}
            />
          }
          checked={[connection ?? "all"]}
          onAction={(id) => onChange({ connection: id === "all" ? null : id })}
          items={[
            { id: "all", label: "All organisations" },
            ...connections.map(({ id, label, environment }) => ({
              id,
              label: `${label} (${environmentName(environment)})`,
              aside: totals.get(id) ?? 0,
            })),
          ]}
        />
      )}
      <Menu
        label="Event"
        several
        trigger={<FilterButton word={choiceWords("Event", events)} set={events.length > 0} />}
        checked={events}
        onAction={(id) => onChange({ events: toggled(events, id) })}
        items={withMissing(eventCounts, events).map((one) => ({
          id: one.value,
          label: one.value,
          aside: one.count,
        }))}
      />
      <Menu
        label="Authentication"
        several
        trigger={
          <FilterButton
            word={choiceWords(
              "Auth",
              auth.map((kind) => authWords[kind]),
            )}
            set={auth.length > 0}
          />
        }
        checked={auth}
        onAction={(id) => onChange({ auth: toggled(auth, id as AuthFilter) })}
        items={withMissing(authCounts, auth).map((one) => ({
          id: one.value,
          label: authWords[one.value],
          aside: one.count,
        }))}
      />
    </>
  );
});

function FilterButton(props: { word: string; set: boolean; className?: string | undefined }) {
  const { word, set, className } = props;
  return (
    <AriaButton className={cx(styles.filter, set && styles.set, className)}>
      <bdi className={cx(styles.word)}>{word}</bdi>
      <Icon name="chevron-down" size={12} />
    </AriaButton>
  );
}

function choiceWords(name: string, chosen: readonly string[]): string {
  return chosen.length === 0 ? name : chosen.length === 1 ? (chosen[0] ?? name) : `${name}: ${chosen.length}`;
}

function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

/** A chosen value stays in the menu when no row has it any more, so that it can be taken back. */
function withMissing<T>(counts: readonly { value: T; count: number }[], chosen: readonly T[]) {
  const missing = chosen.filter((value) => !counts.some((one) => one.value === value));
  return [...counts, ...missing.map((value) => ({ value, count: 0 }))];
}
