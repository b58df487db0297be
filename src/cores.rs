//! Work spread over the machine's cores. What comes of it is in the order of the items, whichever was done first.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{available_parallelism, scope, sleep};
use std::time::Duration;

/// How many cores are lent.
static LENT: AtomicUsize = AtomicUsize::new(0);

/// How long a thread waits for a core that is lent.
const PAUSE: Duration = Duration::from_millis(1);

/// A core that is left to somebody else, to another process for instance, as long as this value lives.
#[derive(Debug)]
pub struct Lent(());

impl Lent {
    /// Lends a core. The first one is never lent: work goes on.
    pub fn one() -> Self {
        LENT.fetch_add(1, Ordering::Relaxed);
        Self(())
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        LENT.fetch_sub(1, Ordering::Relaxed);
    }
}

/// `work` on every item, on all cores, with the results in the order of the items.
pub fn each<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let cores = available_parallelism().map_or(1, usize::from);
    let threads = cores.min(items.len());
    if threads < 2 {
        return items.into_iter().map(work).collect();
    }
    let results: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    let items = Mutex::new(items.into_iter().enumerate());
    let items = || items.lock().unwrap_or_else(PoisonError::into_inner);
    let is_lent = |thread| thread > 0 && thread + LENT.load(Ordering::Relaxed) >= cores;
    let work_on = |thread: usize| {
        loop {
            if is_lent(thread) && items().len() > 0 {
                sleep(PAUSE);
                continue;
            }
            let Some((index, item)) = items().next() else { break };
            let result = work(item);
            let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
            results.push((index, result));
        }
    };
    let work_on = &work_on;
    scope(|scope| {
        for thread in 0..threads {
            scope.spawn(move || work_on(thread));
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 2, 1000] {
            let slow_first = |item: u64| {
                sleep(Duration::from_micros(20 * u64::from(item == 0)));
                item * 2
            };
            let expected: Vec<u64> = (0..count).map(|item| item * 2).collect();
            assert_eq!(each((0..count).collect(), slow_first), expected);
        }
    }

    #[test]
    fn lent_cores_stay_idle() {
        // More than any machine has: all but the first one.
        let _lent: Vec<Lent> = (0..10_000).map(|_| Lent::one()).collect();
        let (working, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let results = each((0..50).collect(), |item: u64| {
            most.fetch_max(working.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            sleep(Duration::from_micros(200));
            working.fetch_sub(1, Ordering::SeqCst);
            item
        });
        assert_eq!(results, (0..50).collect::<Vec<u64>>());
        assert_eq!(most.into_inner(), 1);
    }
}
