export { type EditorProps, EditorScreen, type EditorTarget } from "./EditorScreen";
