export { AppIcon } from "./AppIcon";
export { Welcome } from "./Welcome";
