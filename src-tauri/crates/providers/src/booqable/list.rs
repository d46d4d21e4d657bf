//! Reading all pages of a list that may change meanwhile.

use super::answer::odd;
use super::wire::{self, Page};
use serde_json::Value;
use std::collections::HashSet;
use tacklebox_model::{AppError, Fault};

/// How often a list that changes while it is read is read from the start.
const PASSES: usize = 4;

/// Where pages come from.
pub trait Pages: Sync {
    /// The page of this number, from 1.
    fn page(&self, number: u32) -> impl Future<Output = Result<Page, AppError>> + Send;
}

/// One reading from the first page to the last.
struct Pass {
    rows: Vec<Value>,
    ids: Vec<String>,
    /// Whether nothing hints at rows that moved from one page to another meanwhile.
    consistent: bool,
}

/// All rows, each once, the oldest first. A row that is deleted on an earlier page moves another one over the
/// border of two pages: then the totals differ, or the count, and all is read again.
pub async fn all(pages: &impl Pages) -> Result<Vec<Value>, AppError> {
    let mut before: Option<Vec<String>> = None;
    for _ in 0..PASSES {
        let pass = pass(pages).await?;
        // Twice the same is stable, even if the vendor counts otherwise.
        if pass.consistent || before.as_ref() == Some(&pass.ids) {
            return Ok(pass.rows);
        }
        before = Some(pass.ids);
    }
    Err(AppError::new(Fault::Malformed, "The list of webhooks changed each time it was read.")
        .advise("Somebody or something is changing webhooks right now. Try again in a moment."))
}

async fn pass(pages: &impl Pages) -> Result<Pass, AppError> {
    let mut pass = Pass { rows: vec![], ids: vec![], consistent: true };
    let mut known = HashSet::new();
    let mut told: Option<u64> = None;
    for number in 1.. {
        let page = pages.page(number).await?;
        if told.is_some() && page.total.is_some() && page.total != told {
            pass.consistent = false;
        }
        told = page.total.or(told);
        let so_far = pass.rows.len();
        for row in page.rows {
            // A row without an id is not left out in silence: its absence would read as its end.
            let id = wire::id(&row).ok_or_else(odd)?.to_owned();
            if known.insert(id.clone()) {
                pass.ids.push(id);
                pass.rows.push(row);
            } else {
                pass.consistent = false;
            }
        }
        let ended = pass.rows.len() == so_far;
        // Pages may be smaller than asked for: only the count tells the last one from the others.
        if ended || told == u64::try_from(pass.rows.len()).ok() {
            break;
        }
    }
    pass.consistent &= told.is_none_or(|told| u64::try_from(pass.rows.len()) == Ok(told));
    Ok(pass)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use std::sync::Mutex;

    /// A list of which a page is cut at the moment it is asked for; then something happens to it.
    struct Changing {
        size: usize,
        ids: Mutex<Vec<u32>>,
        totals: bool,
        asked: Mutex<usize>,
        then: fn(usize, &mut Vec<u32>),
    }

    impl Changing {
        fn new(count: u32, size: usize, then: fn(usize, &mut Vec<u32>)) -> Self {
            Self { size, ids: Mutex::new((1..=count).collect()), totals: true, asked: Mutex::new(0), then }
        }

        async fn all(&self) -> Result<Vec<u32>, AppError> {
            let rows = all(self).await?;
            Ok(rows.iter().map(|row| wire::id(row).unwrap().parse().unwrap()).collect())
        }

        fn asked(&self) -> usize {
            *self.asked.lock().unwrap()
        }
    }

    impl Pages for Changing {
        async fn page(&self, number: u32) -> Result<Page, AppError> {
            let mut ids = self.ids.lock().unwrap();
            let mut asked = self.asked.lock().unwrap();
            let from = (number as usize - 1) * self.size;
            let rows =
                ids.iter().skip(from).take(self.size).map(|id| json!({ "id": id.to_string() })).collect();
            let total = self.totals.then_some(ids.len() as u64);
            *asked += 1;
            (self.then)(*asked, &mut ids);
            Ok(Page { rows, total })
        }
    }

    fn nothing(_: usize, _: &mut Vec<u32>) {}

    #[tokio::test]
    async fn as_many_pages_are_read_as_there_are() {
        for (count, size, asked) in [(0, 10, 1), (10, 10, 1), (30, 10, 3), (31, 10, 4)] {
            let list = Changing::new(count, size, nothing);
            assert_eq!(list.all().await.unwrap(), (1..=count).collect::<Vec<_>>());
            assert_eq!(list.asked(), asked, "{count}");
        }
    }

    #[tokio::test]
    async fn without_a_total_an_empty_page_is_the_end() {
        let list = Changing { totals: false, ..Changing::new(30, 10, nothing) };
        assert_eq!(list.all().await.unwrap().len(), 30);
        assert_eq!(list.asked(), 4);
    }

    #[tokio::test]
    async fn a_row_that_moves_over_the_border_of_two_pages_is_not_lost() {
        let list = Changing::new(30, 10, |asked, ids| {
            if asked == 1 {
                ids.remove(2);
            }
        });
        let expected: Vec<u32> = (1..=30).filter(|id| *id != 3).collect();
        assert_eq!(list.all().await.unwrap(), expected);
    }

    #[tokio::test]
    async fn a_row_that_is_added_while_reading_is_there_once_and_moves_none() {
        let list = Changing::new(20, 10, |asked, ids| match asked {
            1 => ids.push(21),
            2 => ids.insert(0, 22),
            _ => {}
        });
        let mut found = list.all().await.unwrap();
        found.sort_unstable();
        assert_eq!(found, (1..=22).collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn a_total_that_is_always_wrong_does_not_hide_rows() {
        struct Wrong(u64);
        impl Pages for Wrong {
            async fn page(&self, number: u32) -> Result<Page, AppError> {
                let rows = if number < 4 { vec![json!({ "id": number.to_string() })] } else { vec![] };
                Ok(Page { rows, total: Some(self.0) })
            }
        }
        for total in [0, 5, 99] {
            assert_eq!(all(&Wrong(total)).await.unwrap().len(), 3, "{total}");
        }
    }

    #[tokio::test]
    async fn a_page_that_is_empty_once_though_more_was_promised_is_asked_for_again() {
        struct Lagging(Mutex<u32>);
        impl Pages for Lagging {
            async fn page(&self, number: u32) -> Result<Page, AppError> {
                let mut asked = self.0.lock().unwrap();
                *asked += 1;
                let rows = if *asked == 2 { vec![] } else { vec![json!({ "id": number.to_string() })] };
                Ok(Page { rows, total: Some(2) })
            }
        }
        assert_eq!(all(&Lagging(Mutex::new(0))).await.unwrap().len(), 2);
    }

    #[tokio::test]
    async fn a_vendor_that_ignores_the_page_number_is_not_asked_for_ever() {
        struct Same;
        impl Pages for Same {
            async fn page(&self, _: u32) -> Result<Page, AppError> {
                Ok(Page { rows: vec![json!({ "id": "1" }), json!({ "id": "2" })], total: None })
            }
        }
        assert_eq!(all(&Same).await.unwrap().len(), 2);
    }

    #[tokio::test]
    async fn a_list_that_never_rests_is_an_error_and_not_half_a_list() {
        let list = Changing::new(30, 10, |asked, ids| {
            ids.remove(0);
            ids.push(1000 + asked as u32);
            ids.push(2000 + asked as u32);
        });
        assert_eq!(list.all().await.unwrap_err().fault, Fault::Malformed);
    }

    #[tokio::test]
    async fn a_row_without_an_id_is_an_error() {
        struct Nameless;
        impl Pages for Nameless {
            async fn page(&self, _: u32) -> Result<Page, AppError> {
                Ok(Page { rows: vec![json!({ "url": "https://a.example" })], total: Some(1) })
            }
        }
        assert_eq!(all(&Nameless).await.unwrap_err().fault, Fault::Malformed);
    }
}
