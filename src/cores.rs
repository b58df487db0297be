//! Work spread over the machine's cores. What comes of it is in the order of the items, whichever was done first.

use std::sync::{Mutex, PoisonError};
use std::thread::{available_parallelism, scope};

/// How many cores there are to work on.
pub fn available() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// `work` on every item, on so many cores, with the results in the order of the items.
pub fn each<T: Send, R: Send>(cores: usize, items: Vec<T>, work: impl Fn(T) -> R + Sync) -> Vec<R> {
    let threads = cores.min(items.len());
    if threads < 2 {
        return items.into_iter().map(work).collect();
    }
    let results: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    let items = Mutex::new(items.into_iter().enumerate());
    let items = || items.lock().unwrap_or_else(PoisonError::into_inner);
    scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((index, item)) = items().next() {
                    let result = work(item);
                    let mut results = results.lock().unwrap_or_else(PoisonError::into_inner);
                    results.push((index, result));
                }
            });
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_unstable_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::thread::sleep;
    use std::time::Duration;

    use super::*;

    #[test]
    fn results_are_in_the_order_of_the_items() {
        for count in [0, 1, 2, 1000] {
            let slow_first = |item: u64| {
                sleep(Duration::from_micros(20 * u64::from(item == 0)));
                item * 2
            };
            let expected: Vec<u64> = (0..count).map(|item| item * 2).collect();
            assert_eq!(each(4, (0..count).collect(), slow_first), expected);
        }
    }

    #[test]
    fn no_more_cores_work_than_there_are_to_work_on() {
        for cores in [1, 3] {
            let (working, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let results = each(cores, (0..50).collect(), |item: u64| {
                most.fetch_max(working.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                sleep(Duration::from_micros(200));
                working.fetch_sub(1, Ordering::SeqCst);
                item
            });
            assert_eq!(results, (0..50).collect::<Vec<u64>>());
            assert!(most.into_inner() <= cores);
        }
    }
}
