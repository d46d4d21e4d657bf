import { type Ref, useImperativeHandle, useMemo, useRef } from "react";
import { useStable } from "~/app/use-stable";
import type { Connection } from "~/bindings/Connection";
import { Button, cx, EnvTag, Icon, IconButton } from "~/components";
import { BulkBar } from "./BulkBar";
import { FilterBar } from "./FilterBar";
import { ListBanners } from "./ListBanners";
import { ListEmpty } from "./ListEmpty";
import styles from "./ListScreen.module.css";
import { type Entry, isBusy, type RowStates, stateOf } from "./row-store";
import { StatusStrip } from "./StatusStrip";
import type { ListView } from "./use-list";
import { useNow } from "./use-now";
import type { Selection } from "./use-selection";
import { type GridHandle, WebhookGrid } from "./WebhookGrid";

export interface ListHandle {
  focusSearch: () => void;
  focusGrid: () => void;
}

export interface ListScreenProps {
  connections: readonly Connection[];
  states: RowStates;
  view: ListView;
  selection: Selection;
  current: string | null;
  onCurrent: (key: string) => void;
  onShow: (key: string) => void;
  onOpen: (entry: Entry) => void;
  onCreate: () => void;
  onDelete: (entries: readonly Entry[]) => void;
  onRefresh: (connections: readonly Connection[]) => void;
  onEditConnection: (connection: Connection) => void;
  /** `i` and `Escape` in the table. Returns whether it meant anything. */
  onKey: (key: string) => boolean;
  ref?: Ref<ListHandle>;
}

/** The webhooks of one organisation or of all. */
export function ListScreen(props: ListScreenProps) {
  const { connections, states, view, selection, current, onCreate, onDelete, onRefresh, ref } = props;
  const { filters, setFilters, inScope, shown } = view;
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<GridHandle>(null);
  const now = useNow();
  useImperativeHandle(ref, () => ({
    focusSearch: () => {
      search.current?.focus();
      search.current?.select();
    },
    focusGrid: () => grid.current?.focus(),
  }));

  const byId = useMemo(
    () => new Map(connections.map((connection) => [connection.id, connection])),
    [connections],
  );
  const totals = useMemo(
    () => new Map(connections.map(({ id }) => [id, stateOf(states, id).entries.length])),
    [connections, states],
  );
  const chosen = filters.connection === null ? undefined : byId.get(filters.connection);
  const inView = useMemo(() => (chosen ? [chosen] : connections), [chosen, connections]);
  const each = inView.map(({ id }) => stateOf(states, id));
  const selected = selection.keys.size === 0 ? [] : shown.filter(({ key }) => selection.keys.has(key));
  const only = connections.length === 1 ? connections[0] : undefined;
  const retry = useStable((connection: Connection) => onRefresh([connection]));
  const editConnection = useStable(props.onEditConnection);
  const clear = () => setFilters({ query: "", events: [], auth: [] });

  const key = (pressed: string): boolean => {
    if (pressed !== "Delete") return props.onKey(pressed);
    const row = shown.find((entry) => entry.key === current);
    const targets = selected.length > 0 ? selected : row ? [row] : [];
    if (targets.length > 0 && blockedWords(targets, byId) === null) onDelete(targets);
    return true;
  };

  return (
    <section aria-label="Webhooks" className={cx(styles.screen)}>
      <header className={cx(styles.toolbar)}>
        <h1 className={cx(styles.title)} title={chosen?.label}>
          <bdi>{chosen ? chosen.label : "All webhooks"}</bdi>
        </h1>
        {chosen && <EnvTag environment={chosen.environment} />}
        {chosen?.readOnly === true && <span className={cx(styles.meta)}>Read-only</span>}
        {!chosen && (
          <span className={cx(styles.meta)}>
            {inScope.length.toLocaleString("en-GB")} in{" "}
            {connections.length === 1 ? "1 organisation" : `${connections.length} organisations`}
          </span>
        )}
        <span className={cx(styles.space)} />
        <IconButton icon="refresh" label="Refresh" onPress={() => onRefresh(inView)} />
        <Button variant="primary" onPress={onCreate} isDisabled={inView.every(({ readOnly }) => readOnly)}>
          <Icon name="plus" />
          New webhook
        </Button>
      </header>
      {selected.length > 0 ? (
        <BulkBar
          count={selected.length}
          onClear={selection.clear}
          onDelete={() => onDelete(selected)}
          blocked={blockedWords(selected, byId)}
        />
      ) : (
        <FilterBar
          filters={filters}
          onChange={setFilters}
          inScope={inScope}
          connections={connections}
          totals={totals}
          searchRef={search}
          onLeave={() => grid.current?.focus()}
        />
      )}
      <ListBanners connections={inView} states={states} now={now} onRetry={retry} onEdit={editConnection} />
      {shown.length > 0 ? (
        <WebhookGrid
          ref={grid}
          entries={shown}
          connections={byId}
          states={states}
          now={now}
          sort={view.sort}
          onSort={view.setSort}
          selection={selection}
          current={current}
          onCurrent={props.onCurrent}
          onShow={props.onShow}
          onOpen={props.onOpen}
          onDelete={onDelete}
          blocked={(targets) => blockedWords(targets, byId)}
          onKey={key}
        />
      ) : (
        <div className={cx(styles.empty)}>
          <ListEmpty
            connection={chosen ?? only}
            loading={each.some(({ loading }) => loading)}
            failed={each.some(({ error }) => error !== null)}
            hidden={inScope.length}
            query={filters.query}
            onClear={clear}
            onCreate={onCreate}
          />
        </div>
      )}
      <StatusStrip
        connections={inView}
        states={states}
        shown={shown.length}
        total={inScope.length}
        now={now}
        busy={connections.some(({ id }) => isBusy(stateOf(states, id)))}
      />
    </section>
  );
}

/** Why the rows cannot be deleted: one stands in a read-only organisation. */
function blockedWords(entries: readonly Entry[], byId: ReadonlyMap<string, Connection>): string | null {
  const locked = entries
    .map(({ row }) => byId.get(row.connection))
    .find((connection) => connection?.readOnly);
  return locked ? `${locked.label.slice(0, 40)} is read-only` : null;
}
