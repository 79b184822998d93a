/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* preview-bench: how long people wait for pictures, beside what other programs take for the same files in the
 * same run. On the present display; BATON_DECODE names the helper. One JSON object a line. */

#include "decode.h"
#include "files.h"
#include "preview-view.h"
#include "thumbnails.h"

#include <adwaita.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ROUNDS 7
#define BOX 1024
#define FILES 500
#define SEEN 60

static double
ms_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static double
percentile (GArray *times, double share)
{
  g_array_sort (times, compare_doubles);
  return times->len > 0 ? g_array_index (times, double, (guint) ((times->len - 1) * share)) : 0;
}

/* Noise over a gradient: neither the best nor the worst that a camera makes. */
static char *
photo (const char *folder, const char *name, int width, int height, guint32 seed)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  char *path = g_build_filename (folder, name, NULL);

  for (int y = 0; y < height; y++)
    {
      guchar *p = gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < width; x++, p += 3)
        {
          seed = seed * 1664525u + 1013904223u;
          p[0] = (guchar) (x * 200 / width + (seed >> 28));
          p[1] = (guchar) (y * 200 / height + (seed >> 27 & 15));
          p[2] = (guchar) ((x / 64 + y / 64) % 2 * 90 + (seed >> 26 & 15));
        }
    }
  gdk_pixbuf_save (pixbuf, path, "jpeg", NULL, "quality", "90", NULL);
  return path;
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

/* From nothing, the start of the helper included, to what is drawn in a view. */
static double
our_first_look (const char *path)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (BatonDecoder) decoder = baton_decoder_new (g_getenv ("BATON_DECODE"));
  BatonDecodeAsk ask = { .path = path, .width = BOX, .height = BOX };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BatonDecoded) decoded = NULL;

  baton_decoder_decode_async (decoder, &ask, BATON_DECODE_NOW, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  decoded = baton_decoder_decode_finish (decoder, result, NULL);
  if (decoded == NULL)
    return -1;
  cairo_surface_destroy (baton_picture_draw (decoded->picture, 0, 0, BOX, BOX * 0.67, BOX, BOX));
  return ms_since (start);
}

static double
other_program (const char *const *argv)
{
  gint64 start = g_get_monotonic_time ();
  g_autoptr (GSubprocess) process =
      g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDERR_SILENCE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE, NULL);

  if (process == NULL || !g_subprocess_wait_check (process, NULL, NULL))
    return -1;
  return ms_since (start);
}

static void
against (const char *bench, const char *path, const char *const *argv)
{
  g_autoptr (GArray) ours = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) theirs = g_array_new (FALSE, FALSE, sizeof (double));

  for (int i = 0; i < ROUNDS; i++)
    {
      double our = our_first_look (path), their = other_program (argv);

      if (our < 0 || their < 0)
        {
          fprintf (stderr, "%s: %s is not to be had\n", bench, our < 0 ? "the helper" : argv[0]);
          return;
        }
      g_array_append_val (ours, our);
      g_array_append_val (theirs, their);
    }
  printf ("{\"bench\":\"%s\",\"n\":%d,\"p50_ms\":%.1f,\"other_ms\":%.1f,\"ratio\":%.2f}\n", bench, ROUNDS,
      percentile (ours, 0.5), percentile (theirs, 0.5), percentile (ours, 0.5) / percentile (theirs, 0.5));
  fflush (stdout);
}

/* What this thread has worked, in ms: other programs on the machine do not count. */
static double
worked_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1000 + (double) now.tv_nsec / 1e6;
}

/* Frames: the work between before-paint and after-paint. */
typedef struct
{
  GArray *times;
  double start;
  guint n;
} Frames;

static void
before_cb (GdkFrameClock *clock, Frames *frames)
{
  frames->start = worked_ms ();
}

static void
after_cb (GdkFrameClock *clock, Frames *frames)
{
  double ms = worked_ms () - frames->start;

  frames->n++;
  g_array_append_val (frames->times, ms);
}

static void
watch (GtkWidget *window, Frames *frames)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  *frames = (Frames){ .times = g_array_new (FALSE, FALSE, sizeof (double)) };
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_cb), frames);
  g_signal_connect (clock, "after-paint", G_CALLBACK (after_cb), frames);
}

static void
unwatch (GtkWidget *window, Frames *frames)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (window), frames);
  g_clear_pointer (&frames->times, g_array_unref);
}

static GtkWidget *
open_window (GtkWidget *child)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  while (gtk_widget_get_frame_clock (window) == NULL || !gtk_widget_get_mapped (child))
    g_main_context_iteration (NULL, TRUE);
  return window;
}

static void
wait_ms (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (200);
    }
}

/* To and fro between two versions that were seen: the work in the main loop until the frame that shows it is
 * painted, and how many frames that took. */
static void
seen (const char *folder)
{
  g_autofree char *one = photo (folder, "v1.jpg", 4000, 3000, 1);
  g_autofree char *two = photo (folder, "v2.jpg", 4000, 3000, 2);
  GtkWidget *view = baton_preview_view_new (NULL, BATON_INPUT_KEYS);
  GtkWidget *window = open_window (view);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  BatonImageView *image = baton_picture_pane_view (baton_preview_view_picture (BATON_PREVIEW_VIEW (view)));
  guint most_frames = 0;

  for (int i = 0; i < SEEN + 4; i++)
    {
      BatonPreviewFile file = {
        .path = i % 2 ? two : one, .hash = i % 2 ? "v2" : "v1", .name = "v.jpg", .media = "image/jpeg"
      };
      BatonPicture *before = baton_image_view_picture (image);
      Frames frames;
      double start = worked_ms ();
      double ms;

      watch (window, &frames);
      baton_preview_view_show (BATON_PREVIEW_VIEW (view), &file);
      ms = worked_ms () - start;
      while (baton_image_view_picture (image) == before || frames.n == 0)
        g_main_context_iteration (NULL, TRUE);
      if (i >= 4)
        {
          ms += g_array_index (frames.times, double, frames.times->len - 1);
          most_frames = MAX (most_frames, frames.n);
          g_array_append_val (times, ms);
        }
      unwatch (window, &frames);
      wait_ms (i < 4 ? 1500 : 5);
    }
  printf ("{\"bench\":\"preview_seen\",\"n\":%u,\"p50_ms\":%.2f,\"p99_ms\":%.2f,\"frames\":%u}\n", times->len,
      percentile (times, 0.5), percentile (times, 0.99), most_frames);
  fflush (stdout);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GPtrArray *
mixed_files (const char *folder)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (int i = 0; i < FILES; i++)
    {
      g_autofree char *name = g_strdup_printf ("file-%03d", i);
      g_autofree char *png = NULL;
      char *path = NULL;

      switch (i % 10)
        {
        case 5:
        case 6:
          path = files_picture (folder, name, "png", 900 + i, 700, i % 2);
          break;
        case 7:
          png = files_picture (folder, "for-webp.png", "png", 800 + i, 600, FALSE);
          path = files_webp (folder, name, png);
          break;
        case 8:
          path = i % 20 == 8 ? files_pdf (folder, name, 3) : files_svg (folder, name, 300 + i, 200);
          break;
        case 9:
          path = i % 20 == 9 ? files_gif (folder, name, 12)
                             : files_picture (folder, name, "tiff", 700 + i, 500, FALSE);
          break;
        default:
          path = photo (folder, name, 1600 + i, 1200, (guint32) i);
          break;
        }
      g_ptr_array_add (paths, path != NULL ? path : photo (folder, name, 1600, 1200, 3));
    }
  return paths;
}

static void
decode_plainly (const char *path)
{
  BatonDecodeRequest ask = {
    .flags = BATON_DECODE_EXACTLY, .width = BATON_THUMBNAIL_WIDTH, .height = 2 * BATON_THUMBNAIL_WIDTH
  };
  BatonDecodeReply reply = { 0 };
  BatonDecodeJob job = { .fd = open (path, O_RDONLY | O_CLOEXEC), .ask = &ask, .reply = &reply, .memfd = -1 };

  baton_decode_run (&job);
  baton_decode_job_clear (&job);
  if (job.memfd >= 0)
    close (job.memfd);
  close (job.fd);
}

/* What this process and those that it has started and that are over have worked, s. */
static double
all_worked_s (void)
{
  double s = 0;

  for (int i = 0; i < 2; i++)
    {
      struct rusage usage;

      getrusage (i == 0 ? RUSAGE_SELF : RUSAGE_CHILDREN, &usage);
      s += (double) usage.ru_utime.tv_sec + (double) usage.ru_stime.tv_sec +
           (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    }
  return s;
}

/* The decoders by themselves, in as many processes as we have helpers. */
static double
plain (GPtrArray *paths)
{
  gint64 start = g_get_monotonic_time ();
  pid_t children[2];

  for (guint i = 0; i < 2; i++)
    {
      children[i] = fork ();
      if (children[i] != 0)
        continue;
      for (guint j = i; j < paths->len; j += 2)
        decode_plainly (g_ptr_array_index (paths, j));
      _exit (0);
    }
  for (guint i = 0; i < 2; i++)
    waitpid (children[i], NULL, 0);
  return ms_since (start);
}

#define TILE_WIDTH 200
#define TILE_HEIGHT 120

/* A picture as a card shows it: made once for its size, drawn as it is. */
#define TILE_TYPE (tile_get_type ())
G_DECLARE_FINAL_TYPE (Tile, tile, BENCH, TILE, GtkWidget)

struct _Tile
{
  GtkWidget parent_instance;

  GdkTexture *texture;
};

G_DEFINE_FINAL_TYPE (Tile, tile, GTK_TYPE_WIDGET)

static void
tile_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  Tile *self = BENCH_TILE (widget);

  if (self->texture != NULL)
    baton_snapshot_texture (
        widget, snapshot, self->texture, &GRAPHENE_RECT_INIT (0, 0, TILE_WIDTH, TILE_HEIGHT));
}

static void
tile_finalize (GObject *object)
{
  g_clear_object (&BENCH_TILE (object)->texture);
  G_OBJECT_CLASS (tile_parent_class)->finalize (object);
}

static void
tile_class_init (TileClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = tile_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = tile_snapshot;
}

static void
tile_init (Tile *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), TILE_WIDTH, TILE_HEIGHT);
}

typedef struct
{
  Tile *tiles[24];
  guint n;
} Wall;

static void
thumbnail_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Wall *wall = data;
  g_autoptr (BatonPicture) picture = baton_thumbnails_load_finish (BATON_THUMBNAILS (source), result, NULL);
  Tile *tile = wall->tiles[wall->n++ % G_N_ELEMENTS (wall->tiles)];

  if (picture == NULL)
    return;
  g_clear_object (&tile->texture);
  tile->texture = baton_texture_from_surface (
      baton_picture_draw (picture, 0, 0, TILE_WIDTH, TILE_HEIGHT, TILE_WIDTH, TILE_HEIGHT));
  gtk_widget_queue_draw (GTK_WIDGET (tile));
}

static GtkWidget *
build_wall (Wall *wall)
{
  GtkWidget *grid = gtk_grid_new ();

  for (guint i = 0; i < G_N_ELEMENTS (wall->tiles); i++)
    {
      wall->tiles[i] = g_object_new (TILE_TYPE, NULL);
      gtk_grid_attach (GTK_GRID (grid), GTK_WIDGET (wall->tiles[i]), (int) i % 6, (int) i / 6, 1, 1);
    }
  return grid;
}

static void
thumbnails (const char *folder)
{
  g_autoptr (GPtrArray) paths = mixed_files (folder);
  g_autofree char *cache = g_build_filename (folder, "cache", NULL);
  g_autoptr (BatonDecoder) decoder = baton_decoder_new (g_getenv ("BATON_DECODE"));
  g_autoptr (BatonThumbnails) thumbs = baton_thumbnails_new (decoder, cache);
  Wall wall = { 0 };
  GtkWidget *window = open_window (build_wall (&wall));
  Frames frames;
  double before, ours, after, worked, plain_worked;
  gint64 start;

  /* What works within bubblewrap is not told to us. */
  baton_decoder_set_sandbox (decoder, FALSE);
  worked = all_worked_s ();
  before = plain (paths);
  plain_worked = all_worked_s () - worked;
  wait_ms (200);
  worked = all_worked_s ();
  watch (window, &frames);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < paths->len; i++)
    {
      g_autofree char *hash = g_strdup_printf ("hash-%u", i);

      baton_thumbnails_load_async (
          thumbs, hash, g_ptr_array_index (paths, i), BATON_THUMBNAIL_WIDTH, NULL, thumbnail_cb, &wall);
    }
  while (wall.n < paths->len)
    g_main_context_iteration (NULL, TRUE);
  ours = ms_since (start);
  /* What a helper has worked is known when it has ended. */
  baton_decoder_kill (decoder);
  wait_ms (300);
  worked = all_worked_s () - worked;
  after = plain (paths);
  printf ("{\"bench\":\"thumbnails\",\"n\":%u,\"s\":%.2f,\"plain_s\":%.2f,\"share\":%.2f,\"cpu_s\":%.2f,"
          "\"plain_cpu_s\":%.2f,\"frames\":%u,\"frame_p50_ms\":%.2f,\"frame_p99_ms\":%.2f}\n",
      paths->len, ours / 1000, (before + after) / 2000, (before + after) / 2 / ours, worked, plain_worked,
      frames.n, percentile (frames.times, 0.5), percentile (frames.times, 0.99));
  fflush (stdout);
  unwatch (window, &frames);
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = files_folder_new ();
  g_autofree char *large = NULL;
  g_autofree char *pages = NULL;
  g_autofree char *out = g_build_filename (folder, "out.png", NULL);
  g_autofree char *stem = g_build_filename (folder, "page", NULL);

  adw_init ();
  large = photo (folder, "large.jpg", 8660, 5774, 7);
  pages = files_pdf (folder, "pages.pdf", 300);
  against ("preview_jpeg_50mp", large,
      (const char *const[]){ "gdk-pixbuf-thumbnailer", "-s", "1024", large, out, NULL });
  against ("preview_pdf_300", pages,
      (const char *const[]){ "pdftocairo", "-png", "-f", "1", "-l", "1", "-singlefile", "-scale-to", "1024",
          pages, stem, NULL });
  seen (folder);
  thumbnails (folder);
  files_folder_remove (g_steal_pointer (&folder));
  return 0;
}
