export { clockWords } from "./age";
export { type ListHandle, ListScreen } from "./ListScreen";
export { type ConnectionState, type Entry, keyOf, type RowStates, stateOf } from "./row-store";
export { RowsProvider, useRefresh, useRowStates, useRowStore } from "./rows-context";
export { useList } from "./use-list";
export { useSelection } from "./use-selection";
export { useCopyId } from "./use-copy-id";
