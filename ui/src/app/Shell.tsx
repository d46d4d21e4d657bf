import { useEffect, useMemo, useRef, useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { AppError } from "~/bindings/AppError";
import type { Connection } from "~/bindings/Connection";
import type { StartView } from "~/bindings/StartView";
import type { WebhookRow } from "~/bindings/WebhookRow";
import { cx, ErrorBanner } from "~/components";
import { asLocked, isLocked } from "~/features/connections";
import { EditorScreen } from "~/features/editor";
import { Inspector } from "~/features/inspector";
import { type OrganisationAction, Sidebar } from "~/features/sidebar";
import {
  type ListHandle,
  ListScreen,
  stateOf,
  useList,
  useNow,
  useRefresh,
  useRowStates,
  useRowStore,
  useSelection,
  useSwitches,
} from "~/features/webhooks";
import { Welcome } from "~/features/welcome";
import { Dialogs, type OpenDialog } from "./Dialogs";
import styles from "./Shell.module.css";
import { useRoute } from "./use-route";
import { useSession } from "./use-session";
import { useStable } from "~/components/use-stable";
import { useShortcuts } from "./use-shortcuts";

/** The frame: which screen is shown, and what is open above it. */
export function Shell({ start }: { start: StartView }) {
  const backend = useBackend();
  const session = useSession(start);
  const { connections } = session;
  const states = useRowStates();
  const rows = useRowStore();
  const refresh = useRefresh();
  const view = useList(states, connections);
  const selection = useSelection(view.shown);
  const router = useRoute();
  const [open, setOpen] = useState<OpenDialog | null>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const [inspecting, setInspecting] = useState(true);
  const [failure, setFailure] = useState<AppError | null>(null);
  const list = useRef<ListHandle>(null);
  const now = useNow(3600_000);

  // The editor and the details ask one question only: whether something may be written.
  const locked = useMemo(() => connections.map(asLocked), [connections]);
  const switches = useSwitches((plan, { connection, id }, on) =>
    setOpen({ kind: "switch", request: { type: "switch", webhooks: [{ connection, id }], on }, view: plan }),
  );
  const switchAll = (wanted: readonly WebhookRow[], on: boolean) => {
    const webhooks = wanted.map(({ connection, id }) => ({ connection, id }));
    setOpen({ kind: "switch", request: { type: "switch", webhooks, on } });
  };

  const chosen = view.filters.connection;
  const row = current === null ? null : (view.shown.find(({ key }) => key === current)?.row ?? null);
  const showRow = (key: string) => {
    setCurrent(key);
    setInspecting(true);
  };
  const create = () =>
    void router.go({ at: "editor", target: { kind: "create", connection: writable(chosen, connections) } });
  const duplicate = ({ connection, id }: WebhookRow) =>
    void router.go({ at: "editor", target: { kind: "create", connection, from: id } });
  const edit = ({ connection, id }: WebhookRow) =>
    void router.go({ at: "editor", target: { kind: "edit", webhook: { connection, id } } });
  const refreshAll = () => refresh(chosen === null ? connections.map(({ id }) => id) : [chosen]);

  const choose = useStable((connection: string | null) => view.setFilters({ connection }));
  const add = useStable(() => setOpen({ kind: "add" }));
  const settings = useStable(() => setOpen({ kind: "settings" }));
  const editRow = useStable(() => row && edit(row));
  const duplicateRow = useStable(duplicate);
  const deleteRow = useStable((one: WebhookRow) => setOpen({ kind: "delete", rows: [one] }));
  const closeInspector = useStable(() => {
    setInspecting(false);
    list.current?.focusGrid();
  });
  const recheck = useStable(session.recheckVault);
  const onAction = useStable((action: OrganisationAction, connection: Connection) => {
    if (action === "refresh") refresh([connection.id]);
    else if (action === "removeSandbox") {
      backend.call("sandbox_remove", null).then(
        () => session.sandboxRemoved(),
        (thrown: unknown) => setFailure(toAppError(thrown)),
      );
    } else setOpen({ kind: action, connection });
  });
  const onKey = (key: string): boolean => {
    if (key.toLowerCase() === "i") setInspecting(!inspecting || row === null);
    else if (key === "Escape" && selection.keys.size > 0) selection.clear();
    else if (key === "Escape" && inspecting) setInspecting(false);
    else return false;
    return true;
  };

  const listed = router.route.at === "list" && connections.length > 0;
  useShortcuts({
    focusSearch: () => listed && list.current?.focusSearch(),
    create: () => listed && connections.some((one) => !isLocked(one)) && create(),
    refresh: () => listed && refreshAll(),
    settings: () => setOpen({ kind: "settings" }),
  });
  useEffect(() => {
    if (chosen !== null && !connections.some(({ id }) => id === chosen))
      view.setFilters({ connection: null });
  }, [chosen, connections, view]);

  const screen = () => {
    if (connections.length === 0) {
      return (
        <Welcome
          providers={start.providers}
          vault={session.vault}
          onRecheck={session.recheckVault}
          onConnect={() => setOpen({ kind: "add" })}
          onSandbox={session.sandboxStarted}
        />
      );
    }
    if (router.route.at === "editor") {
      return (
        <EditorScreen
          target={router.route.target}
          connections={locked}
          providers={start.providers}
          onClose={router.leave}
          onSaved={({ connection }) => {
            router.leave();
            refresh([connection], { restart: true });
          }}
          registerGuard={router.registerGuard}
        />
      );
    }
    return (
      <div
        className={cx(
          styles.frame,
          inspecting && styles.inspecting,
          selection.keys.size > 0 && styles.selecting,
        )}
      >
        <Sidebar
          connections={connections}
          providers={start.providers}
          states={states}
          vault={session.vault}
          chosen={chosen}
          onChoose={choose}
          onAction={onAction}
          onAdd={add}
          onSettings={settings}
          onRecheck={recheck}
          now={now}
        />
        <main className={cx(styles.main)} data-pane>
          {failure && <ErrorBanner error={failure} />}
          <ListScreen
            ref={list}
            connections={connections}
            providers={start.providers}
            states={states}
            switches={switches}
            view={view}
            selection={selection}
            current={current}
            onCurrent={setCurrent}
            onShow={showRow}
            onOpen={(entry) => edit(entry.row)}
            onDuplicate={(entry) => duplicate(entry.row)}
            onCreate={create}
            onDelete={(entries) => setOpen({ kind: "delete", rows: entries.map((entry) => entry.row) })}
            onSwitchAll={switchAll}
            onRefresh={(wanted) => refresh(wanted.map(({ id }) => id))}
            onEditConnection={(connection) => setOpen({ kind: "edit", connection })}
            onReplaceToken={(connection) => setOpen({ kind: "replace", connection })}
            onKey={onKey}
          />
        </main>
        {inspecting && (
          <Inspector
            row={row}
            connection={locked.find(({ id }) => id === row?.connection)}
            provider={providerOf(row, connections, start)}
            readAtMs={row ? stateOf(states, row.connection).readAtMs : null}
            onEdit={editRow}
            onDuplicate={duplicateRow}
            onDelete={deleteRow}
            onClose={closeInspector}
          />
        )}
      </div>
    );
  };

  return (
    <>
      {screen()}
      {open && (
        <Dialogs
          open={open}
          start={start}
          session={session}
          onClose={() => setOpen(null)}
          onSaved={(connection) => {
            session.saved(connection);
            setOpen(null);
          }}
          onDeleted={(picks) => {
            rows.remove(picks);
            setOpen(null);
            refresh([...new Set(picks.map(({ connection }) => connection))], { restart: true });
            list.current?.focusGrid();
          }}
          onSwitched={(written) => {
            rows.replace(written);
            setOpen(null);
            refresh([...new Set(written.map(({ connection }) => connection))], { restart: true });
          }}
        />
      )}
    </>
  );
}

/** The chosen organisation where something may be written to it. */
function writable(chosen: string | null, connections: readonly Connection[]): string | null {
  return connections.some((one) => one.id === chosen && !isLocked(one)) ? chosen : null;
}

function providerOf(row: WebhookRow | null, connections: readonly Connection[], start: StartView) {
  const connection = connections.find(({ id }) => id === row?.connection);
  return start.providers.find(({ id }) => id === connection?.provider);
}
