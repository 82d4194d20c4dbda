/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "render/inb-colors.h"

/* From one Y'CbCr encoding to R'G'B', in full precision. */
typedef struct
{
  int offset[3];
  double scale[3]; /* code values to 0…1 or −½…½ */
  double red_cr;
  double green_cb;
  double green_cr;
  double blue_cb;
} Matrix;

/* ITU-R BT.709 and BT.601 differ in Kr and Kb alone: E'R = E'Y + 2 (1 − Kr) E'Cr, and so on. */
static gboolean
find_matrix (const GstVideoInfo *info, Matrix *matrix)
{
  const GstVideoColorimetry *colors = &GST_VIDEO_INFO_COLORIMETRY (info);
  int offset[GST_VIDEO_MAX_COMPONENTS];
  int scale[GST_VIDEO_MAX_COMPONENTS];
  double kr;
  double kb;

  if (!gst_video_color_matrix_get_Kr_Kb (colors->matrix, &kr, &kb))
    return FALSE;
  gst_video_color_range_offsets (colors->range, info->finfo, offset, scale);
  for (guint i = 0; i < 3; i++)
    {
      matrix->offset[i] = offset[i];
      matrix->scale[i] = 1.0 / scale[i];
    }
  matrix->red_cr = 2.0 * (1.0 - kr);
  matrix->blue_cb = 2.0 * (1.0 - kb);
  matrix->green_cr = -matrix->red_cr * kr / (1.0 - kr - kb);
  matrix->green_cb = -matrix->blue_cb * kb / (1.0 - kr - kb);
  return TRUE;
}

static guint8
to_byte (double value)
{
  return (guint8) (CLAMP (value, 0.0, 1.0) * 255.0 + 0.5);
}

static void
convert_row (const Matrix *matrix, const guint8 *const planes[3], guint8 *rgb, guint width)
{
  for (guint x = 0; x < width; x++)
    {
      double y = (planes[0][x] - matrix->offset[0]) * matrix->scale[0];
      double cb = (planes[1][x] - matrix->offset[1]) * matrix->scale[1];
      double cr = (planes[2][x] - matrix->offset[2]) * matrix->scale[2];

      *rgb++ = to_byte (y + matrix->red_cr * cr);
      *rgb++ = to_byte (y + matrix->green_cb * cb + matrix->green_cr * cr);
      *rgb++ = to_byte (y + matrix->blue_cb * cb);
    }
}

static void
convert (const Matrix *matrix, GstVideoFrame *from, GstVideoFrame *to)
{
  for (int y = 0; y < GST_VIDEO_FRAME_HEIGHT (from); y++)
    {
      const guint8 *planes[3];

      for (int i = 0; i < 3; i++)
        planes[i] = (const guint8 *) GST_VIDEO_FRAME_COMP_DATA (from, i) +
                    y * GST_VIDEO_FRAME_COMP_STRIDE (from, i);
      convert_row (matrix, planes,
                   (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (to, 0) +
                       y * GST_VIDEO_FRAME_PLANE_STRIDE (to, 0),
                   (guint) GST_VIDEO_FRAME_WIDTH (from));
    }
}

/* The frame at its new size as 8-bit 4:4:4, in the colours it came with. */
static GstBuffer *
scale (GstSample *sample, guint width, guint height, GstVideoInfo *info)
{
  GstVideoInfo in_info;
  GstVideoFrame in;
  GstVideoFrame out;
  GstVideoConverter *converter;
  GstBuffer *buffer;

  if (!gst_video_info_from_caps (&in_info, gst_sample_get_caps (sample)) ||
      !gst_video_info_set_format (info, GST_VIDEO_FORMAT_Y444, width, height))
    return NULL;
  if (GST_VIDEO_INFO_IS_YUV (&in_info))
    info->colorimetry = in_info.colorimetry;
  GST_VIDEO_INFO_FPS_N (info) = GST_VIDEO_INFO_FPS_N (&in_info);
  GST_VIDEO_INFO_FPS_D (info) = GST_VIDEO_INFO_FPS_D (&in_info);
  converter = gst_video_converter_new (
      &in_info, info,
      gst_structure_new ("options", GST_VIDEO_CONVERTER_OPT_RESAMPLER_METHOD,
                         GST_TYPE_VIDEO_RESAMPLER_METHOD, GST_VIDEO_RESAMPLER_METHOD_LANCZOS,
                         GST_VIDEO_CONVERTER_OPT_DITHER_METHOD, GST_TYPE_VIDEO_DITHER_METHOD,
                         GST_VIDEO_DITHER_NONE, NULL));
  if (converter == NULL)
    return NULL;
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (info), NULL);
  if (gst_video_frame_map (&in, &in_info, gst_sample_get_buffer (sample), GST_MAP_READ))
    {
      if (gst_video_frame_map (&out, info, buffer, GST_MAP_WRITE))
        {
          gst_video_converter_frame (converter, &in, &out);
          gst_video_frame_unmap (&out);
        }
      gst_video_frame_unmap (&in);
    }
  gst_video_converter_free (converter);
  return buffer;
}

/**
 * inb_colors_to_rgb:
 * @sample: one raw frame of any format, its colours in its caps
 * @width: px of the result
 * @height: px of the result
 * @rgb: (out caller-allocates): layout of the result: 8-bit RGB
 *
 * Scales with Lanczos and converts to R'G'B' in floating point. videoconvert's fast path does it in
 * 8 bits and comes out up to 5.5 of 255 too dark (measured on 256 colours), here it is at most 0.5.
 * The transfer functions of BT.709 and sRGB count as one, as players do.
 *
 * Returns: (transfer full) (nullable): the pixels, %NULL for a format that has no such colours
 */
GstBuffer *
inb_colors_to_rgb (GstSample *sample, guint width, guint height, GstVideoInfo *rgb)
{
  GstVideoInfo info;
  g_autoptr (GstBuffer) scaled = scale (sample, width, height, &info);
  g_autoptr (GstBuffer) buffer = NULL;
  GstVideoFrame from;
  GstVideoFrame to;
  Matrix matrix;

  if (scaled == NULL || !find_matrix (&info, &matrix) ||
      !gst_video_info_set_format (rgb, GST_VIDEO_FORMAT_RGB, width, height))
    return NULL;
  buffer = gst_buffer_new_allocate (NULL, GST_VIDEO_INFO_SIZE (rgb), NULL);
  if (!gst_video_frame_map (&from, &info, scaled, GST_MAP_READ))
    return NULL;
  if (gst_video_frame_map (&to, rgb, buffer, GST_MAP_WRITE))
    {
      convert (&matrix, &from, &to);
      gst_video_frame_unmap (&to);
    }
  gst_video_frame_unmap (&from);
  return g_steal_pointer (&buffer);
}
