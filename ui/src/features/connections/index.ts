export { ConnectionDialog } from "./ConnectionDialog";
export { RemoveConnectionDialog } from "./RemoveConnectionDialog";
export { TestConnectionDialog } from "./TestConnectionDialog";
export { VaultBanner } from "./VaultBanner";
