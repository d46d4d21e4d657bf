//! Keeps our secrets out of the vendor's words: an error text may quote what it was sent.

pub(crate) use tacklebox_http::Scrubber;
