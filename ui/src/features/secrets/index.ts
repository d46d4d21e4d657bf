export { OneTimeSecretLine } from "./OneTimeSecretLine";
export { type Reveal, useReveal } from "./use-reveal";
export { pairPath } from "./pair-path";
