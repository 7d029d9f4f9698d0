/**
 * The queue of drawings that every door leads to: the page, the two foreign interfaces, the
 * command.
 *
 * <p>An {@link io.songe.jobs.Order} is what somebody wants; once {@link io.songe.jobs.JobQueue} has
 * taken it, it is a {@link io.songe.jobs.Job} that survives the end of the process. A {@link
 * io.songe.jobs.Worker} takes one after the other and has a {@link io.songe.jobs.Draftsman} draw
 * it. Nothing here knows how a picture is drawn, where it is shown, or who asks over which
 * protocol.
 */
@NullMarked
package io.songe.jobs;

import org.jspecify.annotations.NullMarked;
