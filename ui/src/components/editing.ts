export { EventPicker } from "./event-picker/EventPicker";
export { IdListField } from "./id-list/IdListField";
export { SecretField } from "./secret-field/SecretField";
export { DOTS } from "./secret-field/secret-text";
export { UrlField } from "./url-field/UrlField";
