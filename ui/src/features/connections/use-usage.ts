import { useQuery } from "@tanstack/react-query";
import { useBackend } from "~/app/backend-context";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { UsageView } from "~/bindings/UsageView";

/** How many calls were made to an organisation's vendor, in words; `null` where nothing is counted. `asOf` asks anew. */
export function useUsage(connection: ConnectionId | null, asOf: number | null): string | null {
  const backend = useBackend();
  const { data } = useQuery({
    queryKey: ["usage", connection, asOf],
    queryFn: () => (connection === null ? null : backend.call("connection_usage", { connection })),
    enabled: connection !== null,
    // Another count replaces this one when the organisation is read again.
    placeholderData: (before: UsageView | null | undefined) =>
      before?.connection === connection ? before : null,
    retry: false,
  });
  return data ? usageWords(data) : null;
}

/** `1,204 calls counted by Tacklebox in November · 43 of 50 left this minute`. */
export function usageWords({ month, calls, allowance }: UsageView): string | null {
  const parts: string[] = [];
  if (calls !== null) {
    const number = calls.toLocaleString("en-GB");
    parts.push(`${number} ${calls === 1 ? "call" : "calls"} counted by Tacklebox in ${monthWords(month)}`);
  }
  if (allowance && allowance.remaining !== null) {
    const of = allowance.limit === null ? "" : ` of ${allowance.limit.toLocaleString("en-GB")}`;
    parts.push(`${allowance.remaining.toLocaleString("en-GB")}${of} left${periodWords(allowance.periodS)}`);
  }
  return parts.length === 0 ? null : parts.join(" · ");
}

function monthWords(month: string): string {
  const [year = "", number = "1"] = month.split("-");
  return new Date(Number(year), Number(number) - 1, 1).toLocaleDateString("en-GB", { month: "long" });
}

function periodWords(seconds: number | null): string {
  if (seconds === null) return "";
  if (seconds === 60) return " this minute";
  return seconds === 3600 ? " this hour" : ` in ${seconds} s`;
}
