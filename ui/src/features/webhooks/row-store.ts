import type { AppError } from "~/bindings/AppError";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { ConnectionRows } from "~/bindings/ConnectionRows";
import type { RefreshEvent } from "~/bindings/RefreshEvent";
import type { WebhookPick } from "~/bindings/WebhookPick";
import type { WebhookRow } from "~/bindings/WebhookRow";

/** A row ready to be searched. */
export interface Entry {
  key: string;
  row: WebhookRow;
  /** Everything a search looks at, in lower case, but for the organisation's label. */
  haystack: string;
}

/** What is known of one connection's webhooks. */
export interface ConnectionState {
  entries: readonly Entry[];
  /** Milliseconds since 1970; `null` when never read. */
  readAtMs: number | null;
  loading: boolean;
  /** Until when the reading waits for the vendor's limit, in milliseconds since 1970. */
  waitUntilMs: number | null;
  /** Why the last read failed. */
  error: AppError | null;
  /** The rows were read by this run of the program and no read failed since. */
  fresh: boolean;
}

export type RowStates = ReadonlyMap<ConnectionId, ConnectionState>;

const unread: ConnectionState = {
  entries: [],
  readAtMs: null,
  loading: false,
  waitUntilMs: null,
  error: null,
  fresh: false,
};

/** The rows of all connections. Each connection changes on its own, so that one failing never touches another. */
export class RowStore {
  private states: RowStates = new Map();
  /** Which reading of a connection is the newest: what an older one brings is too late. */
  private readonly newest = new Map<ConnectionId, object>();
  private readonly listeners = new Set<() => void>();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): RowStates => this.states;

  lastSeen(all: readonly ConnectionRows[]): void {
    const next = new Map(this.states);
    for (const { connection, readAtMs, rows } of all) {
      // Rows that were read meanwhile are newer than remembered ones.
      if (next.get(connection)?.fresh) continue;
      next.set(connection, { ...(next.get(connection) ?? unread), entries: rows.map(toEntry), readAtMs });
    }
    this.commit(next);
  }

  /** A reading of these connections begins; it hands the returned ticket in with everything it brings. */
  begin(connections: readonly ConnectionId[]): object {
    const ticket = {};
    for (const connection of connections) {
      this.newest.set(connection, ticket);
      this.change(connection, { loading: true, waitUntilMs: null });
    }
    return ticket;
  }

  apply(event: RefreshEvent, ticket: object): void {
    const connection = event.type === "loaded" ? event.rows.connection : event.connection;
    if (this.newest.get(connection) !== ticket) return;
    switch (event.type) {
      case "started":
        this.change(event.connection, { loading: true, waitUntilMs: null });
        break;
      case "waiting":
        this.change(event.connection, { waitUntilMs: Date.now() + event.waitMs });
        break;
      case "loaded":
        this.change(event.rows.connection, {
          entries: event.rows.rows.map(toEntry),
          readAtMs: event.rows.readAtMs,
          loading: false,
          waitUntilMs: null,
          error: null,
          fresh: true,
        });
        break;
      case "failed":
        this.change(event.connection, {
          loading: false,
          waitUntilMs: null,
          error: event.error,
          fresh: false,
        });
        break;
    }
  }

  /** Ends what a broken-off refresh left loading. */
  settle(connections: readonly ConnectionId[], error: AppError | null, ticket: object): void {
    for (const connection of connections) {
      if (this.newest.get(connection) === ticket && this.states.get(connection)?.loading) {
        const ended = { loading: false, waitUntilMs: null };
        this.change(connection, error ? { ...ended, error, fresh: false } : ended);
      }
    }
  }

  remove(picks: readonly WebhookPick[]): void {
    const gone = new Set(picks.map((pick) => keyOf(pick)));
    const next = new Map(this.states);
    for (const connection of new Set(picks.map((pick) => pick.connection))) {
      const state = next.get(connection);
      if (state)
        next.set(connection, { ...state, entries: state.entries.filter(({ key }) => !gone.has(key)) });
    }
    this.commit(next);
  }

  /** A write answered with these rows: they take the place of what was read before. */
  replace(rows: readonly WebhookRow[]): void {
    const next = new Map(this.states);
    for (const row of rows) {
      const state = next.get(row.connection);
      const fresh = toEntry(row);
      if (!state) continue;
      const entries = state.entries.map((entry) => (entry.key === fresh.key ? fresh : entry));
      next.set(row.connection, { ...state, entries });
    }
    this.commit(next);
  }

  forget(connection: ConnectionId): void {
    const next = new Map(this.states);
    next.delete(connection);
    this.newest.delete(connection);
    this.commit(next);
  }

  private change(connection: ConnectionId, part: Partial<ConnectionState>): void {
    this.commit(
      new Map(this.states).set(connection, { ...(this.states.get(connection) ?? unread), ...part }),
    );
  }

  private commit(next: RowStates): void {
    this.states = next;
    for (const listener of this.listeners) listener();
  }
}

/** One text per webhook, unique over all connections. */
export function keyOf({ connection, id }: WebhookPick): string {
  return `${connection} ${id}`;
}

function toEntry(row: WebhookRow): Entry {
  return {
    key: keyOf(row),
    row,
    haystack: [row.title, row.endpoint, ...row.events, ...row.marks.map(({ label }) => label)]
      .join("\n")
      .toLowerCase(),
  };
}

/** What is known of a connection, also before anything is. */
export function stateOf(states: RowStates, connection: ConnectionId): ConnectionState {
  return states.get(connection) ?? unread;
}

/** Whether a connection is being read, or is about to be. */
export function isBusy({ loading, fresh, error }: ConnectionState): boolean {
  return loading || (!fresh && error === null);
}
