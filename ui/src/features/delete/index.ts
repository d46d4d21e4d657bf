export { DeleteDialog } from "./DeleteDialog";
