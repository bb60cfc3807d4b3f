resource "aws_sagemaker_notebook_instance" "this" { # expect: fail
  name = "lab"
}

resource "aws_sagemaker_domain" "this" { # expect: fail
  domain_name = "lab"
}

resource "aws_sagemaker_endpoint_configuration" "this" { # expect: fail
  name = "score"
}

resource "aws_sagemaker_data_quality_job_definition" "this" { # expect: fail
  name = "watch"
}

resource "aws_sagemaker_flow_definition" "this" { # expect: fail
  flow_definition_name = "review"
}
