import { createContext, type ReactNode, use, useCallback, useMemo, useSyncExternalStore } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import { newOperation } from "~/backend/operation";
import type { ConnectionId } from "~/bindings/ConnectionId";
import { type Entry, RowStore, type RowStates } from "./row-store";

const RowsContext = createContext<RowStore | null>(null);

export function RowsProvider({ children }: { children: ReactNode }) {
  const store = useMemo(() => new RowStore(), []);
  return <RowsContext value={store}>{children}</RowsContext>;
}

export function useRowStore(): RowStore {
  const store = use(RowsContext);
  if (!store) throw new Error("RowsProvider is missing");
  return store;
}

export function useRowStates(): RowStates {
  const store = useRowStore();
  return useSyncExternalStore(store.subscribe, store.snapshot);
}

/** The webhooks of a connection that are known; none where no list is kept, as in a form shown by itself. */
export function useKnownRows(connection: ConnectionId): readonly Entry[] {
  const store = use(RowsContext);
  const entries = () => store?.snapshot().get(connection)?.entries ?? NO_ENTRIES;
  return useSyncExternalStore(store?.subscribe ?? neverChanges, entries);
}

const NO_ENTRIES: readonly Entry[] = [];
const neverChanges = () => () => undefined;

/** Reads the named connections again, each on its own; their rows arrive as they are read. */
export function useRefresh(): (
  connections: readonly ConnectionId[],
  options?: { restart?: boolean },
) => void {
  const backend = useBackend();
  const store = useRowStore();
  return useCallback(
    (connections, { restart = false } = {}) => {
      const wanted = connections.filter((id) => restart || store.snapshot().get(id)?.loading !== true);
      if (wanted.length === 0) return;
      const ticket = store.begin(wanted);
      backend
        .call("webhooks_refresh", { operation: newOperation(), connections: wanted }, (event) =>
          store.apply(event, ticket),
        )
        .then(
          () => store.settle(wanted, null, ticket),
          (thrown: unknown) => store.settle(wanted, toAppError(thrown), ticket),
        );
    },
    [backend, store],
  );
}
