/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* app-bench MODE [FOLDER]: the program itself with 10,000 cards and 100,000 operations, on the present
 * display.
 *
 *   make FOLDER    makes the workspace
 *   start FOLDER   from the start of a process to the first frame with cards, and to that of an empty window
 *                  of libadwaita, by turns; what is timed is a process of its own each time
 *   work FOLDER    dropping, scrolling, filtering, searching, memory
 *
 * One JSON object a line. The other modes (board, empty) are what `start` starts. */

#include "application.h"
#include "big-workspace.h"
#include "board-view.h"
#include "card-face.h"
#include "lazy-list.h"
#include "window.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define SEED 20260301
#define CARDS 10000
#define OPERATIONS 100000
#define STARTS 9
#define DROPS 200
#define FRAMES 600
#define ROUNDS 12

static double
ms_between (gint64 from, gint64 to)
{
  return (double) (to - from) / 1000.0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a;
  double right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
percentile (GArray *times, double share)
{
  g_array_sort (times, compare_doubles);
  return g_array_index (times, double, (guint) ((times->len - 1) * share));
}

static void
tell (const char *bench, GArray *times)
{
  printf ("{\"bench\":\"%s\",\"n\":%u,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"max_ms\":%.2f}\n", bench, times->len,
      percentile (times, 0.5), percentile (times, 0.99), percentile (times, 1));
  fflush (stdout);
}

static double
resident_mb (void)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = status != NULL ? strstr (status, "VmRSS:") : NULL;
  return line != NULL ? atof (line + 6) / 1024 : 0;
}

static GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && gtk_widget_get_mapped (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* The first frame */

static gint64 process_start;
static GtkWidget *first_window;
static gboolean wants_cards;
static gint64 seen_at;

static void
first_paint_cb (GdkFrameClock *clock, GApplication *application)
{
  if (seen_at != 0 || (wants_cards && find_widget (first_window, BATON_TYPE_CARD_FACE) == NULL))
    return;
  seen_at = g_get_monotonic_time ();
  printf ("%.2f %.1f\n", ms_between (process_start, seen_at), resident_mb ());
  fflush (stdout);
  g_application_quit (application);
}

static void
watch_first_frame (GtkWidget *window, GApplication *application)
{
  first_window = window;
  g_signal_connect (
      gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (first_paint_cb), application);
}

static void
empty_activate_cb (GApplication *application, gpointer data)
{
  GtkWidget *window = adw_application_window_new (GTK_APPLICATION (application));

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_present (GTK_WINDOW (window));
  watch_first_frame (window, application);
}

static int
run_empty (void)
{
  g_autoptr (AdwApplication) application =
      adw_application_new ("io.github.batonboard.Baton.Empty", G_APPLICATION_NON_UNIQUE);

  g_signal_connect (application, "activate", G_CALLBACK (empty_activate_cb), NULL);
  return g_application_run (G_APPLICATION (application), 0, NULL);
}

static void
window_added_cb (GtkApplication *application, GtkWindow *window, gpointer data)
{
  if (BATON_IS_WINDOW (window))
    g_signal_connect_after (window, "realize", G_CALLBACK (watch_first_frame), application);
}

static int
run_board (char *folder)
{
  g_autoptr (BatonApplication) application = baton_application_new ();
  char *arguments[] = { (char *) "baton", (char *) "-w", folder, NULL };

  wants_cards = TRUE;
  g_application_set_flags (
      G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_COMMAND_LINE);
  g_signal_connect (application, "window-added", G_CALLBACK (window_added_cb), NULL);
  return g_application_run (G_APPLICATION (application), 3, arguments);
}

static gboolean
start_one (const char *self, const char *mode, const char *folder, double *ms, double *mb)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_monotonic_time ());
  const char *arguments[] = { self, mode, folder, now, NULL };
  g_autofree char *out = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_spawn_sync (
          NULL, (char **) arguments, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &out, NULL, NULL, &error))
    g_error ("%s", error->message);
  return sscanf (out, "%lf %lf", ms, mb) == 2;
}

static int
run_start (const char *self, const char *folder)
{
  g_autoptr (GArray) board = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) empty = g_array_new (FALSE, FALSE, sizeof (double));
  double board_mb = 0, empty_mb = 0, ms, mb;

  for (guint i = 0; i < STARTS; i++)
    {
      if (!start_one (self, "empty", folder, &ms, &empty_mb))
        g_error ("the empty window did not show");
      g_array_append_val (empty, ms);
      if (!start_one (self, "board", folder, &ms, &mb))
        g_error ("the board did not show");
      g_array_append_val (board, ms);
      board_mb = MAX (board_mb, mb);
    }
  printf (
      "{\"bench\":\"cold_start\",\"n\":%u,\"first_cards_ms\":%.0f,\"empty_window_ms\":%.0f,\"ratio\":%.2f,"
      "\"mb\":%.0f,\"empty_mb\":%.0f}\n",
      board->len, percentile (board, 0.5), percentile (empty, 0.5),
      percentile (board, 0.5) / percentile (empty, 0.5), board_mb, empty_mb);
  return 0;
}

/* Work in an open window */

typedef struct
{
  BatonApplication *application;
  BatonWindow *window;
  BatonWorkspace *workspace;
  BatonBoard *board;
  gint64 before_paint;
  double paint;   /* of the last frame, ms */
  gint64 painted; /* when it ended */
  guint frames;
} Bench;

static void
before_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  bench->before_paint = g_get_monotonic_time ();
}

static void
after_paint_cb (GdkFrameClock *clock, Bench *bench)
{
  bench->painted = g_get_monotonic_time ();
  bench->paint = ms_between (bench->before_paint, bench->painted);
  bench->frames++;
}

static void
next_frame (Bench *bench)
{
  guint frames = bench->frames;

  gdk_frame_clock_request_phase (
      gtk_widget_get_frame_clock (GTK_WIDGET (bench->window)), GDK_FRAME_CLOCK_PHASE_PAINT);
  while (bench->frames == frames)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
over_cb (gpointer over)
{
  *(gboolean *) over = TRUE;
  return G_SOURCE_REMOVE;
}

static void
rest (Bench *bench, guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, over_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
open_window (Bench *bench, const char *folder)
{
  g_autoptr (GError) error = NULL;
  GdkFrameClock *clock;

  bench->application = baton_application_new ();
  g_application_set_flags (
      G_APPLICATION (bench->application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_COMMAND_LINE);
  g_application_register (G_APPLICATION (bench->application), NULL, &error);
  bench->window = baton_window_new (bench->application);
  gtk_window_present (GTK_WINDOW (bench->window));
  clock = gtk_widget_get_frame_clock (GTK_WIDGET (bench->window));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), bench);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), bench);
  baton_window_open_folder (bench->window, folder, BATON_STORE_OPEN);
  while (baton_window_board (bench->window) == NULL)
    g_main_context_iteration (NULL, TRUE);
  bench->workspace = baton_window_workspace (bench->window);
  bench->board = baton_window_board (bench->window);
  /* A look at every page of the database begins two seconds after opening. */
  rest (bench, 6000);
}

static void
find_lists (GtkWidget *root, GPtrArray *lists)
{
  if (BATON_IS_LAZY_LIST (root))
    g_ptr_array_add (lists, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    find_lists (child, lists);
}

static BatonLazyList *
fullest_list (Bench *bench)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new ();
  BatonLazyList *fullest = NULL;
  guint most = 0;

  find_lists (GTK_WIDGET (bench->window), lists);
  for (guint i = 0; i < lists->len; i++)
    {
      guint n = g_list_model_get_n_items (baton_lazy_list_get_model (lists->pdata[i]));

      if (n > most)
        {
          most = n;
          fullest = lists->pdata[i];
        }
    }
  return fullest;
}

static void
scroll (Bench *bench, const char *name, double step)
{
  BatonLazyList *list = fullest_list (bench);
  GtkWidget *scrolled = gtk_widget_get_ancestor (GTK_WIDGET (list), GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < FRAMES; i++)
    {
      gtk_adjustment_set_value (vertical, gtk_adjustment_get_value (vertical) + step);
      next_frame (bench);
      g_array_append_val (times, bench->paint);
    }
  tell (name, times);
}

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);

  if (effect == NULL)
    g_error ("%s", error->message);
  *(gint64 *) data = g_get_monotonic_time ();
}

/* As a drop does it: a card that is seen goes to the top of another column, and both are seen. */
static BatonOp *
make_drop (Bench *bench, guint i)
{
  BatonColumn *stages = baton_board_stages (bench->board);
  guint n = baton_column_size (stages);
  BatonColumn *from = baton_board_cell (bench->board, baton_item_id (baton_column_peek (stages, i % 3)), "");
  const char *to = baton_item_id (baton_column_peek (stages, (i + 1) % MIN (n, 3)));
  BatonColumn *target = baton_board_cell (bench->board, to, "");
  BatonItem *card = baton_column_peek (from, i % 5);
  BatonOp *op = baton_op_new (BATON_VERB_CARD_MOVE);

  baton_op_add_id (op, baton_item_id (card));
  baton_op_add_from (op, baton_item_text (card, BATON_CARD_STAGE));
  baton_op_set_to (op, to);
  baton_op_set_place (op, baton_item_id (baton_column_peek (target, 1)), NULL);
  return op;
}

static void
perform_drop (Bench *bench, guint i, double *ms)
{
  gint64 start = g_get_monotonic_time ();
  gint64 done = 0;

  baton_workspace_perform_async (bench->workspace, make_drop (bench, i), dropped_cb, &done);
  while (done == 0)
    g_main_context_iteration (NULL, TRUE);
  *ms = ms_between (start, done);
}

/* What the disk alone takes to keep as much as a drop writes: 32 KiB, flushed. */
static double
flush_beside (int file)
{
  static const char pages[32 << 10];
  gint64 start = g_get_monotonic_time ();

  if (pwrite (file, pages, sizeof pages, 0) != (gssize) sizeof pages || fdatasync (file) != 0)
    g_error ("The disk does not take what is written to it: %s", g_strerror (errno));
  return ms_between (start, g_get_monotonic_time ());
}

/* Of all threads of this process, in milliseconds. */
static double
processor_time (void)
{
  struct rusage used;

  getrusage (RUSAGE_SELF, &used);
  return (double) (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 +
         (double) (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
}

static void
drop (Bench *bench, const char *folder)
{
  double first;
  g_autofree char *beside = g_build_filename (folder, "flush", NULL);
  int file = g_open (beside, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  g_autoptr (GArray) flushes = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) processor = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) models = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) work = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) whole = g_array_new (FALSE, FALSE, sizeof (double));

  /* Before the first change of a day the workspace is copied, beside the work. */
  perform_drop (bench, 0, &first);
  printf ("{\"bench\":\"first_drop_of_the_day\",\"ms\":%.2f}\n", first);
  rest (bench, 5000);
  for (guint i = 1; i <= DROPS; i++)
    {
      gint64 start = g_get_monotonic_time ();
      double before = processor_time ();
      double ms;

      perform_drop (bench, i, &ms);
      g_array_append_val (models, ms);
      before = processor_time () - before;
      g_array_append_val (processor, before);
      next_frame (bench);
      g_array_append_val (frames, bench->paint);
      ms += bench->paint;
      g_array_append_val (work, ms);
      ms = ms_between (start, bench->painted);
      g_array_append_val (whole, ms);
      /* People do not drop forty cards a second: what moved comes to rest first. */
      rest (bench, 125);
      ms = flush_beside (file);
      g_array_append_val (flushes, ms);
      rest (bench, 125);
    }
  close (file);
  g_remove (beside);
  tell ("drop_durable_and_in_models", models);
  tell ("drop_processor", processor);
  tell ("drop_flush_beside", flushes);
  tell ("drop_frame", frames);
  tell ("drop_work", work);
  tell ("drop_until_painted", whole);
}

static void
filtered_cb (BatonBoard *board, gint64 *at)
{
  *at = g_get_monotonic_time ();
}

/* The time from a changed filter to models that follow it, the widgets' part in it counted. */
static void
apply_filter (Bench *bench, const BatonFilter *filter, GArray *times, GArray *frames)
{
  gint64 start = g_get_monotonic_time ();
  gint64 at = 0;
  gulong id = g_signal_connect_after (bench->board, "filter-changed", G_CALLBACK (filtered_cb), &at);
  double ms;

  baton_board_set_filter (bench->board, filter);
  while (at == 0)
    g_main_context_iteration (NULL, TRUE);
  ms = ms_between (start, at);
  g_array_append_val (times, ms);
  next_frame (bench);
  g_array_append_val (frames, bench->paint);
  g_signal_handler_disconnect (bench->board, id);
}

static void
bench_filter (Bench *bench)
{
  static const BatonEntity entities[] = { BATON_ENTITY_PERSON, BATON_ENTITY_CHANNEL, BATON_ENTITY_LABEL };
  static const BatonFilterKind kinds[] = { BATON_FILTER_OWNER, BATON_FILTER_CHANNEL, BATON_FILTER_LABEL };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (BatonFilter) filter = baton_filter_new ();

  for (guint i = 0; i < ROUNDS * 10; i++)
    {
      BatonEntity entity = entities[i % 3];
      BatonColumn *list = baton_workspace_list (
          bench->workspace, entity, entity == BATON_ENTITY_PERSON ? NULL : baton_board_id (bench->board));
      BatonItem *item = baton_column_peek (list, i % MAX (1, baton_column_size (list)));

      if (item == NULL)
        continue;
      baton_filter_set (filter, kinds[i % 3], baton_item_id (item),
          !baton_filter_has (filter, kinds[i % 3], baton_item_id (item)));
      if (i % 7 == 0)
        baton_filter_set (
            filter, BATON_FILTER_BLOCKED, "yes", !baton_filter_has (filter, BATON_FILTER_BLOCKED, "yes"));
      apply_filter (bench, filter, times, frames);
    }
  tell ("filter_to_models", times);
  tell ("filter_frame", frames);
}

static void
bench_search (Bench *bench)
{
  static const char *const typed[] = { "hero image", "spring launch", "newsletter", "a", "review", "weiß",
    "zzz" };
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) frames = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < ROUNDS * G_N_ELEMENTS (typed) / 3; i++)
    {
      const char *word = typed[i % G_N_ELEMENTS (typed)];

      /* Letter by letter, then all at once away. */
      for (const char *end = g_utf8_next_char (word); end[-1] != '\0';
           end = *end ? g_utf8_next_char (end) : end + 1)
        {
          g_autoptr (BatonFilter) filter = baton_filter_new ();
          g_autofree char *text = g_strndup (word, (gsize) (end - word));

          baton_filter_set_text (filter, text);
          if (!baton_filter_equal (filter, baton_board_filter (bench->board)))
            apply_filter (bench, filter, times, frames);
          /* Ten letters a second are typed by few. */
          rest (bench, 100);
        }
      g_autoptr (BatonFilter) none = baton_filter_new ();
      apply_filter (bench, none, times, frames);
    }
  tell ("search_to_models", times);
  tell ("search_frame", frames);
}

static int
run_work (const char *folder)
{
  Bench bench = { 0 };
  double opened;

  gtk_init ();
  open_window (&bench, folder);
  opened = resident_mb ();
  scroll (&bench, "scroll", 53);
  scroll (&bench, "scroll_fast", 640);
  scroll (&bench, "scroll_back", -170);
  drop (&bench, folder);
  bench_filter (&bench);
  {
    g_autoptr (BatonFilter) none = baton_filter_new ();

    baton_board_set_filter (bench.board, none);
  }
  bench_search (&bench);
  printf ("{\"bench\":\"memory\",\"opened_mb\":%.0f,\"after_work_mb\":%.0f}\n", opened, resident_mb ());
  gtk_window_destroy (GTK_WINDOW (bench.window));
  g_object_unref (bench.application);
  return 0;
}

int
main (int argc, char **argv)
{
  const char *mode = argc > 2 ? argv[1] : "";

  process_start = argc > 3 ? g_ascii_strtoll (argv[3], NULL, 10) : g_get_monotonic_time ();
  if (g_str_equal (mode, "make"))
    big_workspace_write (argv[2], SEED, CARDS, OPERATIONS);
  else if (g_str_equal (mode, "start"))
    return run_start (argv[0], argv[2]);
  else if (g_str_equal (mode, "work"))
    return run_work (argv[2]);
  else if (g_str_equal (mode, "board"))
    return run_board (argv[2]);
  else if (g_str_equal (mode, "empty"))
    return run_empty ();
  else
    {
      fprintf (stderr, "usage: app-bench make|start|work FOLDER\n");
      return 2;
    }
  return 0;
}
