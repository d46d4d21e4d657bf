import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import type { Connection } from "~/bindings/Connection";
import type { StartView } from "~/bindings/StartView";
import type { Theme } from "~/bindings/Theme";
import type { VaultStatus } from "~/bindings/VaultStatus";
import { useRefresh, useRowStore } from "~/features/webhooks";
import { useBackend } from "./backend-context";

export interface Session {
  connections: Connection[];
  vault: VaultStatus;
  theme: Theme;
  setTheme: (theme: Theme) => void;
  recheckVault: () => Promise<void>;
  /** A connection was added or changed: it takes its place and is read. */
  saved: (connection: Connection) => void;
  removed: (connection: Connection) => void;
  sandboxStarted: (result: Connection[]) => void;
  sandboxRemoved: () => void;
}

/** What the window knows beside the rows, kept in step with the host. */
export function useSession(start: StartView): Session {
  const backend = useBackend();
  const queries = useQueryClient();
  const rows = useRowStore();
  const refresh = useRefresh();
  const [connections, setConnections] = useState(start.connections);
  const [vault, setVault] = useState(start.vault);
  const [theme, setTheme] = useState(start.theme);
  const begun = useRef(false);

  useEffect(() => {
    if (begun.current) return;
    begun.current = true;
    // Ends with the window; without it the window only learns of changes later.
    backend.call("app_watch", null, (event) => setVault(event.status)).catch(() => undefined);
    const ids = start.connections.map(({ id }) => id);
    backend
      .call("webhooks_last_seen", null)
      .then((seen) => rows.lastSeen(seen))
      // What was seen last is a convenience; the refresh shows what matters.
      .catch(() => undefined)
      .finally(() => refresh(ids));
  }, [backend, rows, refresh, start]);

  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);

  const forget = useCallback(
    (id: string) => {
      rows.forget(id);
      queries.removeQueries({ queryKey: ["offer", id] });
      queries.removeQueries({ queryKey: ["webhook", id] });
    },
    [queries, rows],
  );

  return {
    connections,
    vault,
    theme,
    setTheme,
    recheckVault: async () => setVault(await backend.call("vault_recheck", null)),
    saved: (connection) => {
      const known = connections.some(({ id }) => id === connection.id);
      setConnections(
        known
          ? connections.map((one) => (one.id === connection.id ? connection : one))
          : [...connections, connection],
      );
      void queries.invalidateQueries({ queryKey: ["offer", connection.id] });
      refresh([connection.id], { restart: true });
    },
    removed: (connection) => {
      setConnections(connections.filter(({ id }) => id !== connection.id));
      forget(connection.id);
    },
    sandboxStarted: (result) => {
      const fresh = result.filter(({ id }) => !connections.some((known) => known.id === id));
      setConnections([...connections, ...fresh]);
      refresh(fresh.map(({ id }) => id));
    },
    sandboxRemoved: () => {
      for (const { id } of connections.filter(({ builtIn }) => builtIn)) forget(id);
      setConnections(connections.filter(({ builtIn }) => !builtIn));
    },
  };
}
