//! Ids and secrets that look real and follow from a name, so that every start shows the same ones.

use svix_ksuid::{Ksuid, KsuidLike};

/// Seeded ids carry times in the months after this one (September 2024), in seconds since the Unix epoch.
const FIRST_ID_TIME: i64 = 1_727_000_000;
const ID_TIME_SPAN: u64 = 30_000_000;

/// A fixed id: the prefix, an underscore and a 27-character KSUID that follows from the name.
pub(super) fn id(prefix: &str, name: &str) -> String {
    let mut numbers = Numbers::seeded(&format!("{prefix}/{name}"));
    let time = FIRST_ID_TIME + i64::try_from(numbers.next() % ID_TIME_SPAN).unwrap_or_default();
    let (first, second) = (numbers.next().to_be_bytes(), numbers.next().to_be_bytes());
    let payload = [first, second].concat();
    format!("{prefix}_{}", Ksuid::from_seconds(Some(time), Some(&payload)))
}

/// A new random id with the present time, as the vendor would give.
pub(super) fn new_id(prefix: &str) -> String {
    format!("{prefix}_{}", Ksuid::from_seconds(None, None))
}

/// A fixed, obviously fake secret: `sandbox-`, what it is for, and 24 hexadecimal digits.
pub(super) fn secret(kind: &str, name: &str) -> String {
    let mut numbers = Numbers::seeded(&format!("{kind}/{name}"));
    format!("sandbox-{kind}-{:016x}{:08x}", numbers.next(), numbers.next() >> 32)
}

/// A fixed MAC address of eight octets below the prefix used in the vendor's examples, in lower case.
pub(super) fn mac(name: &str) -> String {
    let [a, b, c, ..] = Numbers::seeded(name).next().to_be_bytes();
    format!("00-17-0d-00-00-{a:02x}-{b:02x}-{c:02x}")
}

/// SplitMix64, started from the FNV-1a hash of a name.
struct Numbers(u64);

impl Numbers {
    fn seeded(name: &str) -> Self {
        let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(name.bytes().fold(0xcbf2_9ce4_8422_2325, hash))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}
