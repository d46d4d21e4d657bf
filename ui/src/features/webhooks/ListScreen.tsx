import { type Ref, useImperativeHandle, useMemo, useRef } from "react";
import { useStable } from "~/components/use-stable";
import type { Connection } from "~/bindings/Connection";
import type { ProviderInfo } from "~/bindings/ProviderInfo";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { Button, cx, EnvTag, Icon, IconButton } from "~/components";
import { isLocked, lockReason, lockWords, useUsage } from "../connections";
import { BulkBar } from "./BulkBar";
import { FilterBar } from "./FilterBar";
import { ListBanners } from "./ListBanners";
import { ListEmpty } from "./ListEmpty";
import styles from "./ListScreen.module.css";
import { type Entry, isBusy, type RowStates, stateOf } from "./row-store";
import { cleared } from "./search";
import { StatusStrip } from "./StatusStrip";
import type { ListView } from "./use-list";
import { useNow } from "./use-now";
import type { Selection } from "./use-selection";
import type { Switches } from "./use-switches";
import { type GridHandle, WebhookGrid } from "./WebhookGrid";

export interface ListHandle {
  focusSearch: () => void;
  focusGrid: () => void;
}

export interface ListScreenProps {
  connections: readonly Connection[];
  providers: readonly ProviderInfo[];
  states: RowStates;
  switches: Switches;
  view: ListView;
  selection: Selection;
  current: string | null;
  onCurrent: (key: string) => void;
  onShow: (key: string) => void;
  onOpen: (entry: Entry) => void;
  /** Makes a new webhook from this one. */
  onDuplicate: (entry: Entry) => void;
  onCreate: () => void;
  onDelete: (entries: readonly Entry[]) => void;
  /** Several are to be switched, which is always reviewed. */
  onSwitchAll: (rows: readonly WebhookRow[], on: boolean) => void;
  onRefresh: (connections: readonly Connection[]) => void;
  onEditConnection: (connection: Connection) => void;
  onReplaceToken: (connection: Connection) => void;
  /** `i` and `Escape` in the table. Returns whether it meant anything. */
  onKey: (key: string) => boolean;
  ref?: Ref<ListHandle>;
}

/** The webhooks of one organisation or of all. */
export function ListScreen(props: ListScreenProps) {
  const {
    connections,
    providers,
    states,
    switches,
    view,
    selection,
    current,
    onCreate,
    onDelete,
    onRefresh,
    ref,
  } = props;
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
  const providerById = useMemo(
    () => new Map(providers.map((provider) => [provider.id, provider])),
    [providers],
  );
  const providerOf = (row: WebhookRow) => {
    const id = byId.get(row.connection)?.provider ?? "";
    return providerById.get(id)?.name ?? id;
  };
  const chosen = filters.connection === null ? undefined : byId.get(filters.connection);
  const inView = useMemo(() => (chosen ? [chosen] : connections), [chosen, connections]);
  const each = inView.map(({ id }) => stateOf(states, id));
  const selected = selection.keys.size === 0 ? [] : shown.filter(({ key }) => selection.keys.has(key));
  const only = connections.length === 1 ? connections[0] : undefined;
  const retry = useStable((connection: Connection) => onRefresh([connection]));
  const editConnection = useStable(props.onEditConnection);
  const replaceToken = useStable(props.onReplaceToken);
  const usage = useUsage(chosen?.id ?? null, chosen ? stateOf(states, chosen.id).readAtMs : null);
  const switched = useMemo(() => switchedWords(inScope), [inScope]);
  const locked = chosen ? lockReason(chosen) : null;

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
        {locked !== null && (
          <span className={cx(styles.meta, styles.locked)}>
            <Icon name="lock" size={12} />
            {locked}
          </span>
        )}
        {!chosen && (
          <span className={cx(styles.meta)}>
            {inScope.length.toLocaleString("en-GB")} in{" "}
            {connections.length === 1 ? "1 organisation" : `${connections.length} organisations`}
          </span>
        )}
        <span className={cx(styles.space)} />
        <IconButton icon="refresh" label="Refresh" onPress={() => onRefresh(inView)} />
        <Button variant="primary" onPress={onCreate} isDisabled={inView.every(isLocked)}>
          <Icon name="plus" />
          New webhook
        </Button>
      </header>
      {selected.length > 0 ? (
        <BulkBar
          rows={selected.map(({ row }) => row)}
          onSwitch={props.onSwitchAll}
          providerOf={providerOf}
          onClear={selection.clear}
          onDelete={() => onDelete(selected)}
          blocked={blockedWords(selected, byId)}
        />
      ) : (
        <FilterBar
          filters={filters}
          onChange={setFilters}
          inScope={inScope}
          places={view.places}
          providers={providers}
          searchRef={search}
          onLeave={() => grid.current?.focus()}
        />
      )}
      <ListBanners
        connections={inView}
        states={states}
        now={now}
        onRetry={retry}
        onEdit={editConnection}
        onReplaceToken={replaceToken}
        switches={switches}
      />
      {shown.length > 0 ? (
        <WebhookGrid
          ref={grid}
          entries={shown}
          connections={byId}
          providers={providerById}
          states={states}
          switching={switches.pending}
          onSwitch={switches.flip}
          now={now}
          // An old row says its age beside its organisation.
          isOnePlace={chosen !== undefined && stateOf(states, chosen.id).fresh}
          sort={view.sort}
          onSort={view.setSort}
          selection={selection}
          current={current}
          onCurrent={props.onCurrent}
          onShow={props.onShow}
          onOpen={props.onOpen}
          onDuplicate={(entry) => {
            if (blockedWords([entry], byId) === null) props.onDuplicate(entry);
          }}
          onFilterEvent={(event) => setFilters({ events: [event] })}
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
            filters={filters}
            providers={providers}
            onClear={() => setFilters(cleared)}
            onCreate={onCreate}
          />
        </div>
      )}
      <StatusStrip
        connections={inView}
        states={states}
        shown={shown.length}
        total={inScope.length}
        switched={switched}
        now={now}
        usage={usage}
        busy={connections.some(({ id }) => isBusy(stateOf(states, id)))}
      />
    </section>
  );
}

/** How many are on and off, where a vendor has a switch. */
function switchedWords(entries: readonly Entry[]): string | null {
  const on = entries.filter(({ row }) => row.on === true).length;
  const off = entries.filter(({ row }) => row.on === false).length;
  if (on + off === 0) return null;
  const always = entries.length - on - off;
  const parts = [`${on} on`, `${off} off`, ...(always > 0 ? [`${always} always on`] : [])];
  return parts.join(", ");
}

/** Why the rows cannot be changed: one stands where nothing may be written. */
function blockedWords(entries: readonly Entry[], byId: ReadonlyMap<string, Connection>): string | null {
  for (const { row } of entries) {
    const connection = byId.get(row.connection);
    const words = connection ? lockWords(connection) : null;
    if (words !== null) return words;
  }
  return null;
}
