resource "aws_sagemaker_model" "this" { # expect: fail
  name = "score"
}

resource "aws_sagemaker_data_quality_job_definition" "this" { # expect: fail
  name = "watch"
}
