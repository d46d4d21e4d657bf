export { ConnectionDialog } from "./ConnectionDialog";
export { RemoveConnectionDialog } from "./RemoveConnectionDialog";
export { TestConnectionDialog } from "./TestConnectionDialog";
export { VaultBanner } from "./VaultBanner";
export { CredentialFacts } from "./CredentialFacts";
export { warningOf } from "./expiry";
export { asLocked, formLockWords, isLocked, lockReason, lockWords, shortLockWords } from "./locks";
export { useUsage } from "./use-usage";
