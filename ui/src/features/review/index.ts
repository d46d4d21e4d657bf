export { Planning } from "./Planning";
export { ReviewDialog } from "./ReviewDialog";
