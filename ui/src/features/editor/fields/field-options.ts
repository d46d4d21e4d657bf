import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useBackend } from "~/app/backend-context";
import { toAppError } from "~/backend/backend";
import type { Capabilities } from "~/bindings/Capabilities";
import type { ConnectionId } from "~/bindings/ConnectionId";
import type { FieldOption } from "~/bindings/FieldOption";
import type { FieldPath } from "~/bindings/FieldPath";
import { allFields, type FormValues } from "../form/form-state";
import { treePaths } from "./use-trees";

/** What an id list can name, as far as it was read. */
export type OptionsState = {
  options: FieldOption[] | undefined;
  isLoading: boolean;
  problem: string | null;
  retry: () => void;
  need: () => void;
};

/** The options of every id list outside a tree: read when the list holds ids already, or when the user comes to it. */
export function useFieldOptions(
  connection: ConnectionId,
  capabilities: Capabilities,
  initial: FormValues,
): Map<FieldPath, OptionsState> {
  const backend = useBackend();
  const inTree = treePaths(capabilities);
  const paths = allFields(capabilities)
    .filter(
      ({ kind, unavailable, path }) => kind.type === "idList" && unavailable === null && !inTree.has(path),
    )
    .map((spec) => spec.path);
  const [needed, setNeeded] = useState<ReadonlySet<FieldPath>>(() => {
    const filled = (path: FieldPath) => initial[path]?.type === "list" && initial[path].value.length > 0;
    return new Set(paths.filter(filled));
  });
  const results = useQueries({
    queries: paths.map((path) => ({
      queryKey: ["field-options", connection, path],
      queryFn: () => backend.call("field_options", { connection, path }),
      enabled: needed.has(path),
      staleTime: 60_000,
      retry: false,
      refetchOnWindowFocus: false,
    })),
  });
  return new Map(
    paths.flatMap((path, at): [FieldPath, OptionsState][] => {
      const result = results[at];
      if (!result) return [];
      const state: OptionsState = {
        options: result.data,
        isLoading: result.isFetching,
        problem: result.error && !result.isFetching ? toAppError(result.error).message : null,
        retry: () => void result.refetch(),
        need: () => {
          setNeeded((before) => (before.has(path) ? before : new Set([...before, path])));
        },
      };
      return [[path, state]];
    }),
  );
}
