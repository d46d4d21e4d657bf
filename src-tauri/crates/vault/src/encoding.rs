//! How a value becomes keyring entries: one line of base64 each, split when it is long.
//!
//! - One line, because a newline in a value makes a passwordless GNOME keyring file unreadable, with all that others
//!   keep in it.
//! - At most [`ENTRY_LIMIT_BYTES`], the limit of Windows (`CRED_MAX_CREDENTIAL_BLOB_SIZE`, 5 × 512 bytes).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use secrecy::zeroize::Zeroizing;
use sha2::{Digest, Sha256};

/// The longest text of one keyring entry, in bytes.
pub const ENTRY_LIMIT_BYTES: usize = 2560;
/// The longest value, in bytes of UTF-8.
pub const VALUE_LIMIT_BYTES: usize = CHUNK_RAW_BYTES * MAX_CHUNKS;

const CHUNK_RAW_BYTES: usize = ENTRY_LIMIT_BYTES / 4 * 3;
const MAX_CHUNKS: usize = 64;
const WHOLE: &str = "v1 ";
const SPLIT: &str = "v1* ";

/// Stored text; wiped when dropped.
pub(crate) type Text = Zeroizing<String>;

/// The two sets of chunk names of a key. A new value goes into the set which is not in use, so that the old one
/// stays readable until the head entry points to the new one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ChunkSet {
    A,
    B,
}

impl ChunkSet {
    pub(crate) const BOTH: [Self; 2] = [Self::A, Self::B];

    pub(crate) fn other(self) -> Self {
        match self {
            Self::A => Self::B,
            Self::B => Self::A,
        }
    }

    /// The account name of chunk `index`. `#` cannot occur in a key.
    pub(crate) fn name(self, key: &str, index: usize) -> String {
        format!("{key}#{}{index}", self.letter())
    }

    fn letter(self) -> char {
        match self {
            Self::A => 'a',
            Self::B => 'b',
        }
    }
}

/// What the head entry of a key says.
pub(crate) enum Head {
    /// The value itself.
    Whole(Zeroizing<Vec<u8>>),
    /// Where the chunks are.
    Split(SplitHead),
}

/// The head of a split value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SplitHead {
    pub(crate) set: ChunkSet,
    pub(crate) chunks: usize,
    /// SHA-256 of the value, in hex.
    checksum: String,
}

/// The single entry of a short value, or `None` when it must be split.
pub(crate) fn whole(value: &[u8]) -> Option<Text> {
    let length = WHOLE.len() + value.len().div_ceil(3) * 4;
    if length > ENTRY_LIMIT_BYTES {
        return None;
    }
    let mut text = Zeroizing::new(String::with_capacity(length));
    text.push_str(WHOLE);
    STANDARD.encode_string(value, &mut text);
    Some(text)
}

/// The chunks of a long value, and the head that names them. `None` when it is too long even for that.
pub(crate) fn split(value: &[u8], set: ChunkSet) -> Option<(Text, Vec<Text>)> {
    if value.len() > VALUE_LIMIT_BYTES {
        return None;
    }
    let chunks: Vec<Text> =
        value.chunks(CHUNK_RAW_BYTES).map(|chunk| Zeroizing::new(STANDARD.encode(chunk))).collect();
    let head = format!("{SPLIT}{} {} {}", set.letter(), chunks.len(), checksum(value));
    Some((Zeroizing::new(head), chunks))
}

/// Reads a head entry. `None` when it is not one of ours, or damaged.
pub(crate) fn read_head(stored: &[u8]) -> Option<Head> {
    let text = std::str::from_utf8(stored).ok()?;
    if let Some(body) = text.strip_prefix(WHOLE) {
        return Some(Head::Whole(Zeroizing::new(STANDARD.decode(body).ok()?)));
    }
    let mut words = text.strip_prefix(SPLIT)?.split(' ');
    let set = match words.next()? {
        "a" => ChunkSet::A,
        "b" => ChunkSet::B,
        _ => return None,
    };
    let chunks = words.next()?.parse().ok().filter(|count| (1..=MAX_CHUNKS).contains(count))?;
    Some(Head::Split(SplitHead { set, chunks, checksum: words.next()?.to_owned() }))
}

/// Puts a split value together. `None` when a chunk is damaged or the checksum differs.
pub(crate) fn join(head: &SplitHead, chunks: &[Zeroizing<Vec<u8>>]) -> Option<Zeroizing<Vec<u8>>> {
    // Reserved at once: a growing vector leaves copies of a secret behind.
    let mut value = Zeroizing::new(Vec::with_capacity(chunks.len() * CHUNK_RAW_BYTES));
    for chunk in chunks {
        value.extend_from_slice(&Zeroizing::new(STANDARD.decode(chunk.as_slice()).ok()?));
    }
    (checksum(&value) == head.checksum).then_some(value)
}

fn checksum(value: &[u8]) -> String {
    Sha256::digest(value).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_one_line_within_the_limit() {
        for length in [0, 1, 1917, 1918, 1920, 1921, 5000, VALUE_LIMIT_BYTES] {
            let value = "\n\u{e9}\0".repeat(length).into_bytes()[..length].to_vec();
            let entries = match whole(&value) {
                Some(entry) => vec![entry],
                None => {
                    let (head, mut chunks) = split(&value, ChunkSet::A).expect("within the limit");
                    chunks.push(head);
                    chunks
                }
            };
            for entry in entries {
                assert!(entry.len() <= ENTRY_LIMIT_BYTES && !entry.contains(['\n', '\r', '\0']), "{length}");
            }
        }
        assert!(split(&vec![0; VALUE_LIMIT_BYTES + 1], ChunkSet::A).is_none());
    }

    #[test]
    fn damaged_heads_are_not_read() {
        for head in
            ["", "v1", "v1 !", "v2 YQ==", "v1* c 1 00", "v1* a 0 00", "v1* a 65 00", "v1* a x 00", "v1* a 2"]
        {
            assert!(read_head(head.as_bytes()).is_none(), "{head}");
        }
    }

    #[test]
    fn a_changed_or_missing_chunk_fails_the_checksum() {
        let value = vec![7_u8; 5000];
        let (head, chunks) = split(&value, ChunkSet::B).expect("within the limit");
        let Some(Head::Split(head)) = read_head(head.as_bytes()) else { panic!("expected a split head") };
        let stored: Vec<_> = chunks.iter().map(|chunk| Zeroizing::new(chunk.as_bytes().to_vec())).collect();
        assert_eq!((head.set, head.chunks), (ChunkSet::B, 3));
        assert_eq!(join(&head, &stored).as_deref(), Some(&value));
        assert!(join(&head, &stored[..2]).is_none());
        let mut changed = stored;
        changed[0][0] ^= 1;
        assert!(join(&head, &changed).is_none());
    }
}
