export { Planning, ReviewDialog } from "./ReviewDialog";
