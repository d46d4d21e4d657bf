export { DeliveriesPane } from "./DeliveriesPane";
